/* many STORE N: a store of N reports of N/2 units over two years, for the
 * figures that want a large one. */
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "core/store.h"
#include "core/str.h"
#include "core/unit.h"

static int64_t add_unit(struct store *s, int number, struct err *err)
{
	struct unit *u = xcalloc(1, sizeof *u);
	int64_t id = 0;

	u->name = str_printf("第%d局", number);
	u->kind = UNIT_DEPARTMENT;
#define EMPTY(member, word, label) u->member = xstrdup("");
	UNIT_TEXT_LIST(EMPTY)
#undef EMPTY
	if (store_unit_save(s, u, err) == ERR_OK)
		id = u->id;
	unit_free(u);
	return id;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct store *s;
	int64_t unit, id;

	if (argc != 3)
		return 2;
	s = store_open(argv[1], STORE_CREATE, &err);
	if (!s || store_sign_in(s, NULL, &err) != ERR_OK ||
	    store_begin(s, &err) != ERR_OK) {
		fprintf(stderr, "many: %s\n", err.text);
		return 1;
	}
	for (int i = 0; i < atoi(argv[2]) / 2; i++) {
		unit = add_unit(s, i, &err);
		for (int year = 2024; unit && year <= 2025; year++)
			if (store_report_add(s, unit, "ogi-2021", year, &id,
					     &err) != ERR_OK)
				unit = 0;
		if (!unit) {
			fprintf(stderr, "many: %s\n", err.text);
			return 1;
		}
	}
	if (store_commit(s, true, &err) != ERR_OK)
		fprintf(stderr, "many: %s\n", err.text);
	store_close(s);
	return err.text[0] != '\0';
}
