#!/bin/sh
# A form file with a slip is refused when it is loaded: file, line, reason.
. "${srcdir:-.}/tests/lib.sh"
own=$dir/forms
mkdir "$own" && cp "$src/forms/form.rng" "$own"
export NIANBAO_FORMS="$own"

# The one that comes with the program, as somebody else's: nothing is skipped.
cp "$src/forms/ogi-2021.xml" "$own" && echo >>"$own/ogi-2021.xml" && run 0 explain && run 0 new --unit 青溪县教育局 --year 2025 && run 0 doctor
ok "ogi-2021 passes all of it"
kinds=$(sed -n 's/^	X([A-Z]*, "\([a-z]*\)", .*/\1/p' "$src/core/unit.h" | sort)
for name in kind kinds; do
	[ -n "$kinds" ] && [ "$(sed -n "/define name=\"$name\"/,/<.define>/p" "$src/forms/form.rng" | grep -o '<value>[a-z]*' | sed 's/<value>//' | sort)" = "$kinds" ]
	ok "form.rng knows the $name of units"
done

# small.xml with a pattern, a check and a sentence of its own
sed -e 's|</section>|<sentence positive="harvest.apples.total">收苹果{harvest.apples.total}筐。</sentence></section>|; 0,/<section/s|\(.*\)<section id="harvest"|<lead><p><s>{unit}{year}年。</s><s>见{site}。</s></p></lead>&|' \
	-e '0,/<rule/s|\(.*\)<rule |<claims rows="harvest.all.total" silence="约" channel="信" office="本办" parts="局" wider="全国">\
<topic id="fruit" pattern="果"/>\
<class pattern="早\|晚" columns="early late" say="早晚熟"/>\
<claim id="all" say="总计" topic="fruit" pattern="收" values="harvest.all.total"/>\
</claims>\
&|' -e 's|</form>|<rule id="K8" severity="hint" title="甲" pattern="甲+" except="甲乙" sections="story"><message>有{count}处{match}</message></rule>\
<rule id="K9" severity="hint" title="乙" check="over_limit" kinds="town government"><message>{match}</message></rule>\
&|' "$src/tests/forms/small.xml" >"$dir/small.xml"
cp "$dir/small.xml" "$own" && run 0 explain --form small && run 0 new --form small --unit 青溪果园 --year 2024 && run 0 set 2 story.text=甲甲乙 && run 0 check 2 --format tsv && prints K8
ok "the form to be spoilt is sound"

refused() { # sed's script, a word of the line that is at fault, words of the reason
	sed "$1" "$dir/small.xml" >"$own/small.xml"
	line=$(grep -n -e "$2" "$own/small.xml" | head -n 1 | cut -d: -f1)
	what=$1
	shift 2
	! cmp -s "$dir/small.xml" "$own/small.xml" && run 2 explain --form small && says "$own/small.xml:$line：" "$@" && run 2 check 2 && says "$own/small.xml:$line：" "$@" &&
		run 2 get 2 && says "$own/small.xml:$line：" && run 2 new --form small --unit 白石果园 --year 2024 && says "$own/small.xml:$line：" &&
		{ "$n" doctor >"$dir/out" 2>"$dir/err"; [ $? = 1 ]; } && prints "$own/small.xml:$line："
	ok "$what"
}
refused 's/check="over_limit"/check="over_limits"/' K9 over_limits blanks
refused 's/widths="2400/widths="99999999999/' '<print' 99999999999
refused 's/widths="2400/widths="12x/' '<print' 12x
refused 's/limit="2000"/limit="0"/' 'kind="prose"' limit
refused 's/label="晚熟"/label=""/' 'id="late"' label
refused 's/label="梨"/label=" "/' 'id="pears"' label
refused 's/label="天气" brief/label="" brief/' 'kind="choice"' label
refused 's/carried-from="apples"/carried-from="pears"/' 'id="pears"' carried-from pears
refused 's/pattern="甲+"/pattern="甲(+"/' K8 pattern "第 3 个字"
refused 's/except="甲乙"/except="[甲"/' K8 except
refused 's/check="over_limit"/check="over_limit" yields-to="K8 K7"/' K9 K7
refused 's/columns="early late"/columns="early lat"/' '<class' lat
refused 's/pattern="早|晚"/pattern="早|晚)"/' '<class' pattern
refused 's/pattern="果/pattern="[果/' '<topic' pattern
refused 's/topic="fruit"/topic="furit"/' '<claim id' furit
refused 's/values="harvest.all.total"/values="harvest.all.totl"/' '<claim id' harvest.all.totl
refused 's/pattern="收/pattern="(收/' '<claim id' pattern
refused 's/silence="约"/silence="约{2,1}"/' '<claims' silence
refused 's/{harvest.apples.total}/{harvest.plums.total}/' '<sentence' harvest.plums.total
refused 's/{harvest.apples.total}/{harvest.apples.total/' '<sentence' 配对
refused 's/见{site}/见{sight}/' '{sight}' sight
refused 's/title="{unit}{year}年/title="{unit}{yaer}年/' '<form' yaer
refused 's/{count}处{match}/{count}处{mtach}/' mtach mtach match
refused 's/sections="story"/sections="storey"/' K8 storey
refused 's/kinds="town government"/kinds="town goverment"/' K9 rule
refused 's/over="harvest.columns"/over="harvest.colums"/' 'id="K1"' harvest.colums
refused 's/<term row="apples" say="苹果"/<term parts-of="apples"/' 'parts-of' apples
refused 's/ cells="story.day story.weather"//' 'judge="filled"' cells
refused 's/ words="天气|雨|旱"//' 'judge="words"' words
refused 's/judge="words" words="天气|雨|旱"/judge="rules" rules="K1 K7"/' 'judge="rules"' K7
refused 's/cells="story.day /cells="story.dya /' 'judge="filled"' story.dya
refused 's/carried-from="apples"/carried-from="plums"/' 'carried-from' plums
refused 's/positive="harvest.apples.total"/positive="harvest.plums.total"/' '<sentence' harvest.plums.total
refused 's/<values row="apples"/<values row="plums"/' '<values row="plums"' plums
refused 's/<of row="pears" sign/<of row="plums" sign/' '<of row="plums"' plums

cp "$dir/small.xml" "$own" && run 0 check 2 --format tsv && prints K8
ok "mended, it is read again"
done_testing
