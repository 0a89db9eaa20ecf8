# On a job, this role is the permission to start it and no other.
resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  project  = var.project_id
  location = google_cloud_run_v2_job.this.location
  name     = google_cloud_run_v2_job.this.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${local.scheduler_account}"

  lifecycle {
    # A replaced job has lost its grants.
    replace_triggered_by = [google_cloud_run_v2_job.this.uid]
  }
}

resource "google_cloud_scheduler_job" "this" {
  project     = var.project_id
  region      = coalesce(var.scheduler_region, var.region)
  name        = var.name
  description = "Starts the Cloud Run job ${var.name}."
  paused      = var.paused

  # Two minutes after the end of a window it is settled. Windows are aligned to
  # UTC; a zone that is half an hour off would move the starts.
  time_zone = "Etc/UTC"
  schedule = (
    local.period_minutes == 60
    ? "2 * * * *"
    : "${2 % local.period_minutes}-59/${local.period_minutes} * * * *"
  )

  # The answer is that the execution was created, not how it ended.
  attempt_deadline = "30s"

  retry_config {
    retry_count          = 2
    min_backoff_duration = "5s"
    max_backoff_duration = "15s"
    max_doublings        = 2
  }

  http_target {
    http_method = "POST"
    uri = join("/", [
      "https://run.googleapis.com/v2/projects/${var.project_id}",
      "locations/${var.region}/jobs/${google_cloud_run_v2_job.this.name}:run",
    ])

    # A token for Google's API. OIDC is for services of one's own.
    oauth_token {
      service_account_email = local.scheduler_account
    }
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler]
}
