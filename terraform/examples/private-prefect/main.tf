# A Prefect server with a private address, reached through a network that
# another project shares (Shared VPC). That project's owner grants
# roles/compute.networkUser on the subnetwork to this project's service agent
# of Cloud Run, service-NUMBER@serverless-robot-prod.iam.gserviceaccount.com.
terraform {
  required_version = ">= 1.11"
}

module "prefect_gcm" {
  source = "../.."

  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "http://prefect.internal:4200/api"

  network = {
    network    = "projects/network-host/global/networks/shared"
    subnetwork = "projects/network-host/regions/europe-west1/subnetworks/jobs"
    tags       = ["prefect-client"]
  }

  notification_channels = ["projects/my-project/notificationChannels/1234567890"]
}
