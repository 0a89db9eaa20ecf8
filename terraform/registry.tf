# For the images that cloudbuild.yaml builds.
resource "google_artifact_registry_repository" "this" {
  count = var.build ? 1 : 0

  project       = var.project_id
  location      = var.region
  repository_id = var.name
  description   = "Images of ${var.name}"
  format        = "DOCKER"
  kms_key_name  = var.encryption_key
  labels        = local.labels

  # Without the first, the second would delete the deployed image of a job
  # that nobody touched for a month.
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 10
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      tag_state  = "ANY"
      older_than = "2592000s" # 30 days
    }
  }

  depends_on = [google_project_service.this]
}
