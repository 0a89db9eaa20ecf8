locals {
  # Names of accounts end in what they are for, so that none collides with an
  # account that somebody made by hand under the plain name.
  job_account = coalesce(
    var.service_accounts.job, one(google_service_account.job[*].email)
  )
  scheduler_account = coalesce(
    var.service_accounts.scheduler, one(google_service_account.scheduler[*].email)
  )

  labels = merge({ app = var.name }, var.labels)
}

resource "google_service_account" "job" {
  count = var.service_accounts.job == null ? 1 : 0

  project      = var.project_id
  account_id   = "${var.name}-job"
  display_name = "${var.name}: writes metrics"

  depends_on = [google_project_service.this]
}

# roles/monitoring.metricWriter lacks timeSeries.list, and the job remembers by
# reading its own series; roles/monitoring.viewer can read everything there is.
# A deleted role keeps its id for 37 days. Within the first 7 the provider
# brings it back; from then on an apply needs var.role, or another var.name.
resource "google_project_iam_custom_role" "job" {
  count = var.role == null ? 1 : 0

  project     = var.project_id
  role_id     = replace(var.name, "-", "_")
  title       = "${var.name}: writes metrics"
  description = "Write and read time series and their descriptors."
  permissions = [
    "monitoring.metricDescriptors.create",
    "monitoring.metricDescriptors.list",
    "monitoring.timeSeries.create",
    "monitoring.timeSeries.list",
  ]

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "job" {
  project = var.project_id
  role    = coalesce(var.role, one(google_project_iam_custom_role.job[*].id))
  member  = "serviceAccount:${local.job_account}"
}

resource "google_service_account" "scheduler" {
  count = var.service_accounts.scheduler == null ? 1 : 0

  project      = var.project_id
  account_id   = "${var.name}-scheduler"
  display_name = "${var.name}: starts the job"

  depends_on = [google_project_service.this]
}
