locals {
  # What the caller says; else a secret that exists already settles it; else
  # Prefect Cloud wants a key, and any other server is taken to want nothing.
  auth = coalesce(
    var.prefect_auth,
    anytrue([
      contains(keys(var.secrets), "PREFECT_API_KEY"),
      contains(keys(var.secrets), "PREFECT_API_AUTH_STRING"),
    ]) ? "none" : null,
    can(regex("(?i)^https://api\\.prefect\\.cloud(:|/|$)", var.prefect_api_url)) ? "api_key" : "none",
  )

  # By kind of authentication, none or one: the secret that is made here.
  made_secrets = {
    for kind, setting in {
      api_key     = "PREFECT_API_KEY"
      auth_string = "PREFECT_API_AUTH_STRING"
    } : kind => { setting = setting, name = "${var.name}-${replace(kind, "_", "-")}" }
    if kind == local.auth
  }

  # Automatic replication takes keys of the location global only, which nothing
  # else here does.
  secret_locations = (
    length(var.secret_locations) == 0 && var.encryption_key != null
    ? [var.region] : var.secret_locations
  )

  # By setting of the job, all of them, as projects/PROJECT/secrets/NAME.
  secrets = {
    for setting, secret in merge(
      var.secrets, { for made in values(local.made_secrets) : made.setting => made.name }
    ) : setting => startswith(secret, "projects/")
    ? secret : "projects/${var.project_id}/secrets/${secret}"
  }
}

resource "google_secret_manager_secret" "prefect" {
  for_each = local.made_secrets

  project   = var.project_id
  secret_id = each.value.name
  labels    = local.labels

  replication {
    dynamic "auto" {
      for_each = length(local.secret_locations) == 0 ? [1] : []

      content {}
    }

    dynamic "user_managed" {
      for_each = length(local.secret_locations) == 0 ? [] : [1]

      content {
        dynamic "replicas" {
          for_each = local.secret_locations

          content {
            location = replicas.value

            dynamic "customer_managed_encryption" {
              for_each = var.encryption_key[*]
              iterator = key

              content {
                kms_key_name = key.value
              }
            }
          }
        }
      }
    }
  }

  depends_on = [google_project_service.this]
}

# The value is written and never read: neither plan nor state has it. Only a
# new prefect_auth_version sends it again, so later plans need no value. The
# empty text that stands in for it then is one that Secret Manager refuses.
resource "google_secret_manager_secret_version" "prefect" {
  for_each = local.made_secrets

  secret                 = google_secret_manager_secret.prefect[each.key].id
  secret_data_wo_version = tostring(var.prefect_auth_version)
  secret_data_wo = (
    each.key == "api_key"
    ? (var.prefect_api_key == null ? "" : var.prefect_api_key)
    : (var.prefect_api_auth_string == null ? "" : var.prefect_api_auth_string)
  )

  lifecycle {
    create_before_destroy = true # the job always finds one
  }
}

resource "google_secret_manager_secret_iam_member" "job" {
  for_each = local.secrets

  project   = split("/", each.value)[1]
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${local.job_account}"

  depends_on = [
    google_project_service.this,
    google_secret_manager_secret.prefect,
  ]
}
