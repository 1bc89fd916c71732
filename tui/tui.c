#include "tui/tui.h"

#include <stdlib.h>
#include <string.h>

#include "core/setting.h"
#include "tui/app.h"
#include "tui/term.h"
#include "tui/theme.h"

static bool setting_is(struct store *store, const char *key, const char *value)
{
	char *found = setting_get(store, key);
	bool same = strcmp(found, value) == 0;

	free(found);
	return same;
}

static enum err_code open_terminal(struct store *store, struct err *err)
{
	char *delay = setting_get(store, "escdelay");
	bool ascii =
		getenv("NIANBAO_ASCII") || setting_is(store, "ascii", "yes");
	enum err_code code;

	setenv("ESCDELAY", delay, 0);
	free(delay);
	code = term_start(setting_is(store, "mouse", "yes"), err);
	if (code == ERR_OK)
		theme_start(ascii);
	return code;
}

int tui_run(struct store *store, struct forms *forms, struct err *err)
{
	struct app app;

	if (open_terminal(store, err) != ERR_OK)
		return 2;
	app_start(&app, store, forms);
	screen_start(&app);
	app_loop(&app);
	app_stop(&app);
	input_stop();
	term_stop();
	return 0;
}
