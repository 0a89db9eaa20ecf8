# Plans objectives and their alerts with the real provider, which checks what
# it can without asking Google.
provider "google" {
  access_token = "none"
}

variables {
  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "http://10.0.0.2:4200/api"
}

run "completed_and_duration" {
  command = plan

  variables {
    notification_channels = ["projects/my-project/notificationChannels/1"]
    slo                   = { duration = { seconds = 600 } }
  }

  assert {
    condition     = keys(google_monitoring_slo.this) == ["completed", "duration"]
    error_message = "a plan of both objectives"
  }
}
