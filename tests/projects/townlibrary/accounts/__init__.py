default_app_config = 'accounts.apps.AccountsConfig'
