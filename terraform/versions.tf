# No provider block: as a root module the provider takes its credentials from
# the environment, as a module its caller configures it. Every resource names
# its project and region itself.
terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.34, < 9.0" # deletion_policy of metric descriptors
    }
  }
}
