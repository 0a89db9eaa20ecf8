# Plans with the real provider, which checks what it can without asking Google.
provider "google" {
  access_token = "none"
}

variables {
  project_id = "my-project"
  region     = "europe-west1"
}

run "self_hosted" {
  command = plan

  variables {
    prefect_api_url = "http://10.0.0.2:4200/api"
    network         = { network = "default", egress = "ALL_TRAFFIC" }
  }

  assert {
    condition     = google_cloud_run_v2_job.this.name == "prefect-gcm"
    error_message = "a plan of the job"
  }
}

run "prefect_cloud" {
  command = plan

  variables {
    prefect_api_url       = "https://api.prefect.cloud/api/accounts/a/workspaces/b"
    prefect_api_key       = "pnu_1"
    notification_channels = ["projects/my-project/notificationChannels/1"]
  }

  assert {
    condition     = google_secret_manager_secret_version.prefect["api_key"].secret_data_wo_version == "1"
    error_message = "a plan of the key"
  }
}

run "everything_exists" {
  command = plan

  variables {
    prefect_api_url = "http://10.0.0.2:4200/api"
    build           = false
    image           = "europe-docker.pkg.dev/other/images/prefect-gcm:1.0"
    manage_services = false
    role            = "projects/my-project/roles/metrics"
    secrets         = { PREFECT_API_AUTH_STRING = "prefect" }
    service_accounts = {
      job       = "metrics@my-project.iam.gserviceaccount.com"
      scheduler = "scheduler@my-project.iam.gserviceaccount.com"
    }
  }

  assert {
    condition     = google_cloud_scheduler_job.this.http_target[0].oauth_token[0].service_account_email == "scheduler@my-project.iam.gserviceaccount.com"
    error_message = "a plan with what exists"
  }
}
