# awk -f break.awk -f rules.awk forms/ogi-2021.xml: the manual page of the rules, in the order
# and the words of the form file.
function plain(text) { # without entities and runs of blanks
	gsub(/[ \t\n]+/, " ", text)
	gsub(/^ | $/, "", text)
	gsub(/&lt;/, "<", text)
	gsub(/&gt;/, ">", text)
	gsub(/&quot;/, "\"", text)
	gsub(/&amp;/, "\\&", text)
	return text
}
function roff(text) {
	text = plain(text)
	gsub(/\\/, "\\e", text)
	gsub(/-/, "\\-", text)
	if (text ~ /^[.']/)
		text = "\\&" text
	return breakable(text)
}
function attribute(head, name, from) {
	from = index(head, " " name "=\"")
	if (!from)
		return ""
	head = substr(head, from + length(name) + 3)
	return substr(head, 1, index(head, "\"") - 1)
}
function element(rule, name, from) { # the first without elements of its own
	while ((from = index(rule, "<" name ">"))) {
		rule = substr(rule, from + length(name) + 2)
		from = substr(rule, 1, index(rule, "</" name ">") - 1)
		if (from !~ /</)
			return from
	}
	return ""
}
function part(head, text) {
	if (text == "")
		return
	printf ".TP\n.B %s\n%s\n", head, roff(text)
}
function kinds(words, i, n, word, out) {
	n = split(words, word, " ")
	for (i = 1; i <= n; i++)
		out = out (i > 1 ? "、" : "") kind[word[i]]
	return out
}
function say(rule, head, id, letter) {
	head = substr(rule, 1, index(rule, ">"))
	id = attribute(head, "id")
	letter = substr(id, 1, 1)
	if (letter != group) {
		printf ".SH \"%s\"\n", letter in heading ? heading[letter] : letter
		group = letter
	}
	printf ".SS \"%s　%s（%s）\"\n", id, roff(attribute(head, "title")), severity[attribute(head, "severity")]
	print roff(element(rule, "asks"))
	part("只问", kinds(attribute(head, "kinds")))
	part("必须改正", kinds(attribute(head, "hard-kinds")))
	part("何时检查", element(rule, "when"))
	part("为什么", element(rule, "why"))
	part("依据", element(rule, "basis"))
	part("怎么办", element(rule, "remedy"))
	part("正确", element(rule, "right"))
	part("错误", element(rule, "wrong"))
	part("怎样不再提示", element(rule, "silence"))
}
BEGIN {
	severity["hard"] = "必须改正"
	severity["soft"] = "需作说明"
	severity["hint"] = "提示"
	heading["N"] = "N：数和表"
	heading["S"] = "S：结构和栏目"
	heading["T"] = "T：标题、日期、引用"
	heading["Q"] = "Q：文字"
	heading["P"] = "P：个人信息和保密"
	kind["government"] = "人民政府"
	kind["department"] = "政府部门"
	kind["town"] = "乡镇、街道"
	kind["organisation"] = "授权组织"
	kind["utility"] = "公共企事业单位"
	print ".\\\" made from the form file by rules.awk: do not edit"
	print ".TH NIANBAO-RULES 7 \"2026-11-27\" \"nianbao 0.1\" \"年报\""
	print ".ad l"
	print ".nh"
	print ".SH NAME"
	print "nianbao\\-rules \\- 政府信息公开工作年度报告的检查规则"
	print ".SH DESCRIPTION"
	print roff("这一页由报表定义生成，与 nianbao explain 所说的相同。")
	print roff("必须改正的问题不改不能送审；需作说明的，改正，或者用 nianbao explain-finding 写一句情况说明；提示不影响送审。")
	print roff("需作说明和提示的规则，审核人可以关闭：")
	print ".IP"
	print ".B nianbao config set rules.off \"Q6 N10\""
	print ".PP"
	print roff("要关的几条写在一起，写空即全部打开；审签单和 nianbao show 列出关了哪几条。")
}
/<rule / { rule = ""; inside = 1 }
inside { rule = rule $0 "\n" }
/<\/rule>/ { if (inside) say(rule); inside = 0 }
END {
	print ".SH SEE ALSO"
	print ".BR nianbao (1)"
}
