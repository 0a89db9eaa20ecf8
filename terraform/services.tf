locals {
  services = concat(
    [
      "cloudresourcemanager.googleapis.com",
      "cloudscheduler.googleapis.com",
      "iam.googleapis.com",
      "logging.googleapis.com",
      "monitoring.googleapis.com",
      "run.googleapis.com",
    ],
    local.auth == "none" && length(var.secrets) == 0 ? [] : [
      "secretmanager.googleapis.com",
    ],
    !var.build ? [] : [
      "artifactregistry.googleapis.com",
      "cloudbuild.googleapis.com",
      "containeranalysis.googleapis.com",
      "storage.googleapis.com",
    ],
    var.binary_authorization == null ? [] : [
      "binaryauthorization.googleapis.com",
    ],
  )
}

# They stay enabled on destroy: something else in the project may use them.
resource "google_project_service" "this" {
  for_each = toset(var.manage_services ? local.services : [])

  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}
