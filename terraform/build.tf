# The account that cloudbuild.yaml runs as: it may build, push into the one
# repository, change and start the one job.
locals {
  build_account = !var.build ? null : coalesce(
    var.service_accounts.build, one(google_service_account.build[*].email)
  )
  build_member = "serviceAccount:${coalesce(local.build_account, "none")}"
}

resource "google_service_account" "build" {
  count = var.build && var.service_accounts.build == null ? 1 : 0

  project      = var.project_id
  account_id   = "${var.name}-build"
  display_name = "${var.name}: builds and deploys"

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "build_logs" {
  count = var.build ? 1 : 0

  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = local.build_member
}

resource "google_artifact_registry_repository_iam_member" "build" {
  count = var.build ? 1 : 0

  project    = var.project_id
  location   = google_artifact_registry_repository.this[0].location
  repository = google_artifact_registry_repository.this[0].name
  role       = "roles/artifactregistry.writer"
  member     = local.build_member
}

resource "google_cloud_run_v2_job_iam_member" "build" {
  count = var.build ? 1 : 0

  project  = var.project_id
  location = google_cloud_run_v2_job.this.location
  name     = google_cloud_run_v2_job.this.name
  role     = "roles/run.developer"
  member   = local.build_member

  lifecycle {
    # A replaced job has lost its grants.
    replace_triggered_by = [google_cloud_run_v2_job.this.uid]
  }
}

# Who deploys a job that runs as an account must be allowed to act as it.
resource "google_service_account_iam_member" "build" {
  count = var.build ? 1 : 0

  service_account_id = coalesce(
    one(google_service_account.job[*].name),
    "projects/-/serviceAccounts/${local.job_account}",
  )
  role   = "roles/iam.serviceAccountUser"
  member = local.build_member
}

# Sources on their way to Cloud Build, and what it leaves: lists of what is in
# an image. gcloud's own bucket would be shared with every other build.
resource "google_storage_bucket" "build" {
  count = var.build ? 1 : 0

  project  = var.project_id
  location = var.region
  name     = "${var.project_id}-${var.name}-build"
  labels   = local.labels

  force_destroy               = true
  public_access_prevention    = "enforced"
  uniform_bucket_level_access = true

  dynamic "encryption" {
    for_each = var.encryption_key[*]
    iterator = key

    content {
      default_kms_key_name = key.value
    }
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age            = 7
      matches_prefix = ["source/"]
    }
  }

  depends_on = [google_project_service.this]
}

resource "google_storage_bucket_iam_member" "build" {
  for_each = toset(!var.build ? [] : [
    "roles/storage.objectCreator",
    "roles/storage.objectViewer",
  ])

  bucket = google_storage_bucket.build[0].name
  role   = each.value
  member = local.build_member

  lifecycle {
    # A bucket that is made anew in another region has lost its grants.
    replace_triggered_by = [google_storage_bucket.build[0].self_link]
  }
}
