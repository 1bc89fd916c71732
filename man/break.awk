# For keys.awk and rules.awk: where a line of Chinese, which has no blanks, may be
# broken in a manual page.
function breakable(text, i, n, mark) {
	n = split("， 。 ； 、 ： ） ” 的 了 在 是 和 与 有 或 要 年 月 件 数", mark, " ")
	for (i = 1; i <= n; i++)
		gsub(mark[i], mark[i] "\\:", text)
	n = split("， 。 ； 、 ： ） ”", mark, " ")
	for (i = 1; i <= n; i++) # none of these begins a line
		while (sub("\\\\:" mark[i], mark[i], text))
			;
	return text
}
