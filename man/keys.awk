# awk -f break.awk -f keys.awk tui/keymap.h man/nianbao.1: the manual page with the keys of
# ACTION_LIST in the place of @KEYS@, as the help screen names them.
function shown(name) {
	if (name == "BTab")
		return "Shift-Tab"
	if (name ~ /^M-/)
		name = "Alt-" substr(name, 3)
	else if (name ~ /^C-/)
		name = "Ctrl-" substr(name, 3)
	if (name ~ /-[a-z]$/)
		name = substr(name, 1, length(name) - 1) toupper(substr(name, length(name)))
	return name
}
function add(row, part, name, count, i, line) {
	split(row, part, "\"") # X(NAME, "keys", N_("hint"), N_("help"))
	count = split(part[2], name, " ")
	line = shown(name[1])
	for (i = 2; i <= count; i++)
		line = line "  " shown(name[i])
	line = sprintf("%-24s", line)
	gsub(/-/, "\\-", line)
	keys = keys (keys == "" ? "" : "\n") line part[6]
}
FNR == NR {
	if (/#define ACTION_LIST/)
		inside = 1
	else if (inside && !/\\$/ && !/X\(/)
		inside = 0
	if (!inside)
		next
	sub(/\\$/, "")
	row = row $0
	if (row ~ /\)\)[ \t]*$/) {
		if (row ~ /X\([A-Z]/ && row ~ /".*".*".*"/)
			add(row)
		row = ""
	}
	next
}
$0 == "@KEYS@" { print keys; next }
{ print /^\./ ? $0 : breakable($0) }
