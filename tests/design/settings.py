"""The least Django that shows the gallery: no database, no sign-in."""

from __future__ import annotations

from django.utils.csp import CSP

SECRET_KEY = "only for the tests of the design room"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "design.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "django_htmx", "comity.desk.design"]
MIDDLEWARE = ["django.middleware.csp.ContentSecurityPolicyMiddleware", "django.middleware.locale.LocaleMiddleware"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"], "string_if_invalid": ""},
    }
]
SECURE_CSP = {"default-src": [CSP.SELF], "style-src": [CSP.SELF], "img-src": [CSP.SELF, "data:"]}
STATIC_URL = "/static/"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "中文"), ("ru", "Русский"), ("en", "English")]
