locals {
  # Whole minutes or one hour, see the variable's validation.
  period_minutes = var.period == "1h" ? 60 : tonumber(trimsuffix(var.period, "m"))
  period_seconds = 60 * local.period_minutes

  deadline_seconds = (
    tonumber(regex("^[0-9]+", var.deadline)) *
    { s = 1, m = 60, h = 3600 }[regex("[smh]$", var.deadline)]
  )

  job_environment = merge(var.environment, {
    DEADLINE             = var.deadline
    GOOGLE_CLOUD_PROJECT = var.project_id
    METRIC_PREFIX        = var.metric_prefix
    PERIOD               = var.period
    PREFECT_API_URL      = var.prefect_api_url
    RESOURCE_JOB         = var.name
    RESOURCE_LOCATION    = var.region
  })
}

resource "google_cloud_run_v2_job" "this" {
  project  = var.project_id
  location = var.region
  name     = var.name
  labels   = local.labels

  deletion_protection = false # it holds nothing that is not elsewhere too

  dynamic "binary_authorization" {
    for_each = var.binary_authorization[*]
    iterator = policy

    content {
      use_default = policy.value == "default" ? true : null
      policy      = policy.value == "default" ? null : policy.value
    }
  }

  template {
    labels     = local.labels
    task_count = 1

    template {
      service_account       = local.job_account
      encryption_key        = var.encryption_key
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"

      # The next execution is the retry: it goes on from the watermark.
      max_retries = 0

      # The job ends itself at DEADLINE and says why; this is for a job that
      # hangs.
      timeout = "${local.deadline_seconds + 60}s"

      containers {
        image = coalesce(var.image, "us-docker.pkg.dev/cloudrun/container/job:latest")

        resources {
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
        }

        dynamic "env" {
          for_each = local.job_environment

          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.secrets

          content {
            name = env.key

            value_source {
              secret_key_ref {
                secret = trimprefix(
                  env.value, "projects/${var.project_id}/secrets/"
                )
                version = "latest"
              }
            }
          }
        }
      }

      dynamic "vpc_access" {
        for_each = var.network[*]

        content {
          egress = vpc_access.value.egress

          network_interfaces {
            network    = vpc_access.value.network
            subnetwork = vpc_access.value.subnetwork
            tags       = vpc_access.value.tags
          }
        }
      }
    }
  }

  # A build deploys its image past Terraform, which must not take it back, nor
  # what gcloud notes beside it. A change of var.image is meant, though, and
  # lifecycle knows no conditions: it replaces the job, which takes seconds and
  # loses nothing but the list of its executions.
  lifecycle {
    ignore_changes = [
      client,
      client_version,
      template[0].annotations,
      template[0].template[0].containers[0].image,
    ]
    replace_triggered_by = [terraform_data.image]
  }

  depends_on = [
    google_project_iam_member.job,
    google_project_service.this,
    google_secret_manager_secret_iam_member.job,
    google_secret_manager_secret_version.prefect,
  ]
}

resource "terraform_data" "image" {
  input = var.image
}
