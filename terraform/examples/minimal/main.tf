# A Prefect Cloud workspace, and all else by default. The key comes from
# TF_VAR_prefect_api_key.
terraform {
  required_version = ">= 1.11"
}

variable "prefect_api_key" {
  description = "API key of Prefect Cloud, needed by the first apply."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

module "prefect_gcm" {
  source = "../.."

  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "https://api.prefect.cloud/api/accounts/0a1b/workspaces/2c3d"
  prefect_api_key = var.prefect_api_key
}

output "build_command" {
  description = "Builds, deploys and tries the image, in the root of the repository."
  value       = module.prefect_gcm.build_command
}
