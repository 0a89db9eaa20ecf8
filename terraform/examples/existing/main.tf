# Accounts, role, secret, image and APIs are somebody else's, and only named.
terraform {
  required_version = ">= 1.11"
}

module "prefect_gcm" {
  source = "../.."

  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "https://prefect.example.com/api"

  build           = false
  image           = "europe-docker.pkg.dev/images/release/prefect-gcm:0.1.0"
  manage_services = false
  role            = "projects/my-project/roles/metrics"
  secrets         = { PREFECT_API_AUTH_STRING = "projects/secrets-home/secrets/prefect" }

  service_accounts = {
    job       = "metrics@my-project.iam.gserviceaccount.com"
    scheduler = "scheduler@my-project.iam.gserviceaccount.com"
  }
}
