#ifndef FORMS_FORM_LOAD_H
#define FORMS_FORM_LOAD_H

#endif
