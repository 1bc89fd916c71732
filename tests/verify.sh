#!/bin/sh
# verify: a file that came back is the approved one, or what was changed in it.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
py=/usr/bin/python3
edit() {
	$py "$src/tests/edit_docx.py" "$@" 2>"$dir/err"
}

# The file differs in one place only, and verify names it: kind, path, both.
names() { # file, kind, path, approved, found
	run 1 verify "$1" --format tsv && [ "$(wc -l <"$dir/out")" = 1 ] && [ "$(cut -f1-4 "$dir/out")" = "$2$t$3$t$4$t$5" ]
}

# Of COUNT files with one changed figure each, all are found.
all_found() { # folder, count
	found=0 n_file=0
	while [ $n_file -lt "$2" ]; do
		IFS=$t read -r path old new <"$1/$n_file.want" || true
		# a field that is empty is lost to read
		new=$(cut -f3 "$1/$n_file.want")
		if names "$1/$n_file.docx" figure "$path" "$old" "$new"; then
			found=$((found + 1))
		else
			echo "# $n_file: $path $old -> $new"
		fi
		n_file=$((n_file + 1))
	done
	echo "# found $found of $2"
	[ "$found" = "$2" ]
}

"$n" demo --no-screen >/dev/null
for f in docx:.docx flatopc:.flat.xml xml:.xml; do
	"$n" export 1 --format "${f%%:*}" -o "$dir/a${f#*:}" >/dev/null 2>&1 && run 0 verify "$dir/a${f#*:}" && prints 一致 "报告 1" 审核通过 "数据 20"
	ok "${f%%:*} as it was exported is the approved one"
	run 0 verify "$dir/a${f#*:}" 1 --format tsv && [ ! -s "$dir/out" ]
	ok "${f%%:*}: with its id, nothing to tell"
done
cp "$dir/a.docx" "$dir/report.pdf" && run 0 verify "$dir/report.pdf"
ok "what a file is, its content says"

run 2 verify && says verify && run 2 verify "$dir/nosuch" && says nosuch && run 2 verify "$dir/a.docx" 77 && says 77 &&
	run 2 verify "$dir/a.docx" x && run 2 verify "$dir/a.docx" --format json && says json && run 2 verify "$dir"
ok "wrong arguments"
run 0 verify --help && prints "nianbao verify"
ok "verify --help"

# ---- one thing changed ----
mkdir "$dir/one" && edit figures 1 3 "$dir/a.docx" "$dir/one"
read -r path old new <"$dir/one/0.want"
names "$dir/one/0.docx" figure "$path" "$old" "$new" && run 1 verify "$dir/one/0.docx" && prints 有改动 "$path" "“$old”" "“$new”"
ok "a figure: its path, the approved and the other"
edit text 7432条 7433条 "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" && prints overview.text 信息7432条 信息7433条 正文第3段 &&
	run 1 verify "$dir/e.docx" --format tsv && [ "$(cut -f1,2 "$dir/out")" = "text${t}overview.text" ]
ok "a figure in the prose"
edit text 规章 规则 "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" --format tsv && grep -q "^label${t}disclosure.*${t}规则" "$dir/out"
ok "a label"
edit text 青溪县人民政府2024年 青溪县人民政府2023年 "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" --format tsv && grep -q "^text${t}meta.title" "$dir/out"
ok "the title"
edit text 一、总体情况 "　一、 总体 情况 " "$dir/a.docx" "$dir/e.docx" && run 0 verify "$dir/e.docx" && edit text 1346 " １，346.0" "$dir/a.docx" "$dir/e.docx" && run 0 verify "$dir/e.docx"
ok "white space and another hand are no change"
sed 's/\(path="requests.new.natural" kind="number">\)78</\179</' "$dir/a.xml" >"$dir/e.xml" && names "$dir/e.xml" figure requests.new.natural 78 79
ok "our own xml: a figure"
sed 's/digest="[0-9a-f]*"/digest="'"$(printf '%064d' 0)"'"/' "$dir/a.xml" >"$dir/e.xml" && run 1 verify "$dir/e.xml" --format tsv && [ "$(cut -f1 "$dir/out")" = digest ]
ok "our own xml: its digest"
printf '\033[31m%s\n' x >"$dir/esc" && run 2 verify "$dir/esc" && says "$dir/esc"
ok "a file that is none"
for len in 0 3 4 30 100 1000 5000 9000 12000; do
	head -c $len "$dir/a.docx" >"$dir/cut.docx" && run 2 verify "$dir/cut.docx" && says "$dir/cut.docx" || { missed=1; break; }
done
ok "a file that is cut short"

# ---- beside the text ----
p_() { printf '<w:p><w:r><w:t>%s</w:t></w:r></w:p>' "$1"; }
added() { # where, text: the one thing that is told
	run 1 verify "$dir/e.docx" --format tsv && [ "$(cat "$dir/out")" = "text-added$t$t$t$2$t$1" ]
}
part_added() { # type, xml, where
	edit part "$1" "$2" "$dir/a.docx" "$dir/e.docx" && added "$3" 另加一句 && run 1 verify "$dir/e.docx" && prints 有改动 多出的文字 "$3"
}
part_added header "$(p_ 另加一句)" 页眉 && part_added footer "$(p_ "— 2 —")$(p_ 另加一句)" 页脚
ok "a header, a footer"
separator="<w:footnote w:type=\"separator\">$(p_ x)</w:footnote>"
part_added footnotes "$separator<w:footnote w:id=\"2\">$(p_ 另加一句)</w:footnote>" 脚注 && part_added endnotes "<w:endnote>$(p_ 另加一句)</w:endnote>" 尾注
ok "a footnote, an endnote"
for xml in '<w:p><w:r><w:drawing><w:inline/></w:drawing></w:r></w:p>' '<w:p><w:r><w:pict><w:imagedata/></w:pict></w:r></w:p>'; do
	edit body "$xml" "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" && prints 有改动 图片 没有核对 && [ "$(wc -l <"$dir/out")" = 2 ] || { missed=1; break; }
done
ok "a picture"
edit body '<w:altChunk/>' "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" && prints 有改动 嵌入的文件 没有核对
ok "a file that is printed within"
edit body "<w:p><w:r><w:pict><w:txbxContent>$(p_ 另加一句)</w:txbxContent></w:pict></w:r></w:p>" "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" && prints 另加一句 && ! prints 图片 >/dev/null
ok "a box of text is text"
for text in 年度报告审签单 "— 3 —"; do
	edit body "$(p_ "$text")" "$dir/a.docx" "$dir/e.docx" && run 1 verify "$dir/e.docx" && prints "“$text”" && ! prints 附有审签单 >/dev/null || { missed=1; break; }
done
ok "what looks like the sheet or a page number is text in the text"
"$n" set 2 overview.text="$(printf '%s\\n' 一句话。 '—3—' '— 3 —' 年度报告审签单 "$(printf '\342\200\213')" "$(printf '\302\255')" "$(printf '\342\200\250')" 又一句。)" >/dev/null &&
	for f in docx flatopc; do
		for more in "" --sheet; do
			"$n" export 2 --format $f $more -o "$dir/own" >/dev/null 2>&1 && run 0 verify "$dir/own" || { missed=1; break 2; }
		done
	done
ok "the same in the report itself is no change"

# ---- which report, and as it was when ----
$py - "$dir/a.docx" "$dir/bare.docx" <<'EOF'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z, zipfile.ZipFile(sys.argv[2], "w") as out:
    for name in z.namelist():
        if not name.startswith("docProps"):
            out.writestr(name, z.read(name))
EOF
run 0 verify "$dir/bare.docx" && prints "报告 1"
ok "without properties it is found by its title"
edit text 青溪县人民政府 白水县人民政府 "$dir/bare.docx" "$dir/e.docx" && run 2 verify "$dir/e.docx" && says 编号 && run 1 verify "$dir/e.docx" 1 && prints 白水县
ok "what is not here asks for the id"
"$n" export 2 --format docx -o "$dir/draft.docx" >/dev/null && run 0 verify "$dir/draft.docx" && prints 还没有审核通过 && run 1 verify "$dir/draft.docx" 1
ok "a draft is compared with what it is now, and says so"
"$n" reopen 1 --reason 有误 && "$n" set 1 requests.new.natural=70 && run 0 verify "$dir/a.docx" && prints 审核通过 &&
	"$n" export 1 --format docx -o "$dir/later.docx" >/dev/null && run 1 verify "$dir/later.docx" --format tsv && grep -q "requests.new.natural${t}78${t}70" "$dir/out"
ok "reopened and changed: what was approved counts"
for way in end title date; do
	"$n" export 1 --format docx --lead yes --signature $way -o "$dir/$way.docx" >/dev/null
done
"$n" set 1 requests.new.natural=78 >/dev/null
for way in end title date; do
	run 0 verify "$dir/a.docx" && run 1 verify "$dir/$way.docx" --format tsv && ! grep -q "^text" "$dir/out" || { missed=1; break; }
done
ok "signature and lead as each file was printed"

# ---- a hundred single changes ----
mkdir "$dir/hand" "$dir/py" && edit figures 100 7 "$dir/a.docx" "$dir/hand" && all_found "$dir/hand" 100
ok "100 of 100 single figures changed by hand"
if $py -c 'import docx' 2>/dev/null; then
	edit figures --python-docx 100 8 "$dir/a.docx" "$dir/py" && all_found "$dir/py" 100
	ok "100 of 100 single figures changed by python-docx"
else
	skip "100 of 100 single figures changed by python-docx" "python3-docx is not installed"
fi

# ---- saved again by another program ----
for layout in gbt9704 template; do
	"$n" export 1 --format docx --layout $layout --lead yes --sheet -o "$dir/$layout.docx" >/dev/null
done
if command -v soffice >/dev/null && soffice --headless "-env:UserInstallation=file://$dir/office" --convert-to docx --outdir "$dir/lo" \
	"$dir/gbt9704.docx" "$dir/template.docx" >"$dir/err" 2>&1 && [ -s "$dir/lo/template.docx" ]; then
	for layout in gbt9704 template; do
		run 0 verify "$dir/lo/$layout.docx" && prints 一致
		ok "$layout with lead and sheet: LibreOffice saved it again, nothing changed"
		mkdir "$dir/lo/$layout" && edit figures 20 9 "$dir/lo/$layout.docx" "$dir/lo/$layout" && all_found "$dir/lo/$layout" 20
		ok "$layout: and 20 of 20 single figures changed after that"
	done
else
	skip "saved again by LibreOffice" "soffice is not installed, or does not run here"
fi

# ---- with the sign-off sheet: it tells of its day ----
"$n" export 2 --format docx --sheet -o "$dir/sheet.docx" >/dev/null
"$n" config set signoff.steps 初核；签发 >/dev/null && "$n" config set rules.off N26 >/dev/null
run 0 verify "$dir/sheet.docx" && prints 一致 附有审签单 && [ "$(wc -l <"$dir/out")" = 2 ] && run 0 verify "$dir/sheet.docx" --format tsv && [ ! -s "$dir/out" ]
ok "a sheet of other steps, checks and explanations is no difference"
"$n" set 2 requests.new.natural=79 >/dev/null && run 1 verify "$dir/sheet.docx" && prints 附有审签单 数据摘要 && run 1 verify "$dir/sheet.docx" --format tsv && ! grep -qv ^figure "$dir/out"
ok "with other figures only those are told"
"$n" export 2 --format docx --sheet-only -o "$dir/sheet.docx" >/dev/null && run 2 verify "$dir/sheet.docx" && says 审签单 不是报告
ok "the sheet alone is no report"

"$n" check 2 --feedback -o "$dir/letter.docx" 2>/dev/null
run 2 verify "$dir/letter.docx" && says 审核意见反馈单 不是报告 && run 2 verify "$dir/letter.docx" 1 && says 不是报告
ok "a feedback sheet is no report"
done_testing
