# What the variables do, with a provider that invents what Google would answer.
mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "made-here@my-project.iam.gserviceaccount.com"
      member = "serviceAccount:made-here@my-project.iam.gserviceaccount.com"
      name   = "projects/my-project/serviceAccounts/made-here@my-project.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_project_iam_custom_role" {
    defaults = { id = "projects/my-project/roles/made" }
  }
}

variables {
  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "http://prefect.internal:4200/api"

  # terraform test wants a value for an ephemeral variable, in spite of its
  # default.
  prefect_api_key         = ""
  prefect_api_auth_string = ""
}

run "required_variables_are_enough" {
  assert {
    condition = {
      for e in google_cloud_run_v2_job.this.template[0].template[0].containers[0].env :
      e.name => e.value
      } == {
      DEADLINE             = "4m"
      GOOGLE_CLOUD_PROJECT = "my-project"
      METRIC_PREFIX        = "custom.googleapis.com/prefect"
      PERIOD               = "5m"
      PREFECT_API_URL      = "http://prefect.internal:4200/api"
      RESOURCE_JOB         = "prefect-gcm"
      RESOURCE_LOCATION    = "europe-west1"
    }
    error_message = "the job's settings"
  }

  assert {
    condition = (
      google_cloud_run_v2_job.this.template[0].template[0].timeout == "300s" &&
      google_cloud_run_v2_job.this.template[0].template[0].max_retries == 0 &&
      google_cloud_run_v2_job.this.template[0].task_count == 1 &&
      length(google_cloud_run_v2_job.this.template[0].template[0].vpc_access) == 0 &&
      !google_cloud_run_v2_job.this.deletion_protection
    )
    error_message = "the job: timeout, retries, tasks, network, protection"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].containers[0].image == "us-docker.pkg.dev/cloudrun/container/job:latest"
    error_message = "a first apply must not need an image that does not exist yet"
  }

  assert {
    condition = (
      google_cloud_scheduler_job.this.schedule == "2-59/5 * * * *" &&
      google_cloud_scheduler_job.this.time_zone == "Etc/UTC" &&
      google_cloud_scheduler_job.this.region == "europe-west1" &&
      google_cloud_scheduler_job.this.paused == false &&
      google_cloud_scheduler_job.this.http_target[0].uri == "https://run.googleapis.com/v2/projects/my-project/locations/europe-west1/jobs/prefect-gcm:run"
    )
    error_message = "the schedule"
  }

  assert {
    condition     = google_cloud_run_v2_job_iam_member.scheduler.role == "roles/run.invoker"
    error_message = "the scheduler may start the job"
  }

  assert {
    condition = (
      google_project_iam_member.job.role == "projects/my-project/roles/made" &&
      google_project_iam_custom_role.job[0].permissions == toset([
        "monitoring.metricDescriptors.create",
        "monitoring.metricDescriptors.list",
        "monitoring.timeSeries.create",
        "monitoring.timeSeries.list",
      ])
    )
    error_message = "the job has its own role, with what it uses and no more"
  }

  assert {
    condition = (
      length(google_secret_manager_secret.prefect) == 0 &&
      length(google_secret_manager_secret_iam_member.job) == 0 &&
      !contains(keys(google_project_service.this), "secretmanager.googleapis.com")
    )
    error_message = "no secret where none is needed"
  }

  assert {
    condition = (
      length(google_monitoring_metric_descriptor.this) ==
      length(jsondecode(file("metric-descriptors.json"))) &&
      google_monitoring_metric_descriptor.this["exporter/up"].type == "custom.googleapis.com/prefect/exporter/up" &&
      google_monitoring_metric_descriptor.this["exporter/up"].metadata[0].sample_period == "300s" &&
      google_monitoring_metric_descriptor.this["exporter/up"].deletion_policy == "ABANDON"
    )
    error_message = "a descriptor for each metric, which outlives a destroy"
  }

  assert {
    condition = (
      keys(google_monitoring_dashboard.this) ==
      ["exporter-and-cost.json", "flows.json", "infrastructure.json", "overview.json"] &&
      keys(output.dashboards) == ["exporter-and-cost", "flows", "infrastructure", "overview"]
    )
    error_message = "the four dashboards"
  }

  assert {
    condition     = output.run_command == "gcloud run jobs execute prefect-gcm --project=my-project --region=europe-west1 --wait"
    error_message = "the command that runs the job"
  }

  assert {
    condition     = output.check_command == "${output.run_command} --args=check"
    error_message = "the command that checks"
  }

  assert {
    condition     = output.image_repository == "europe-west1-docker.pkg.dev/my-project/prefect-gcm/prefect-gcm"
    error_message = "the repository"
  }

  assert {
    condition = (
      strcontains(output.build_command, " --region=europe-west1 ") &&
      !strcontains(output.build_command, "--worker-pool") &&
      strcontains(output.build_command, "_SERVICE_ACCOUNT=made-here@my-project.iam.gserviceaccount.com") &&
      toset(flatten(regexall("[,=](_[A-Z_]+)=", output.build_command))) == setsubtract(
        toset(flatten(regexall("(?m)^  (_[A-Z_]+):", file("../cloudbuild.yaml")))),
        ["_TEST", "_SBOM", "_DEPLOY", "_SMOKE_TEST"]
      )
    )
    error_message = "the build runs as its own account and knows every substitution"
  }

  assert {
    condition     = output.secret_command == null && length(output.secrets) == 0
    error_message = "no secret, no command for it"
  }
}

run "prefect_cloud_wants_a_key" {
  variables {
    prefect_api_url = "https://api.prefect.cloud/api/accounts/a/workspaces/b"
    prefect_api_key = "pnu_1"
  }

  assert {
    condition = (
      google_secret_manager_secret.prefect["api_key"].secret_id == "prefect-gcm-api-key" &&
      google_secret_manager_secret_version.prefect["api_key"].secret_data_wo == null &&
      google_secret_manager_secret_iam_member.job["PREFECT_API_KEY"].secret_id == "projects/my-project/secrets/prefect-gcm-api-key"
    )
    error_message = "the secret, its version and the job's right to read it"
  }

  assert {
    condition = [
      for e in google_cloud_run_v2_job.this.template[0].template[0].containers[0].env :
      e.value_source[0].secret_key_ref[0].secret if e.name == "PREFECT_API_KEY"
    ] == ["prefect-gcm-api-key"]
    error_message = "the job reads the secret"
  }

  assert {
    condition     = output.secret_command == "gcloud secrets versions add prefect-gcm-api-key --project=my-project --data-file=-"
    error_message = "the command that adds a version"
  }
}

run "a_later_apply_needs_no_key" {
  variables {
    prefect_api_url = "https://api.prefect.cloud/api/accounts/a/workspaces/b"
  }

  assert {
    condition     = google_secret_manager_secret_version.prefect["api_key"].secret_data_wo_version == "1"
    error_message = "the version stays"
  }
}

run "auth_version" {
  variables {
    prefect_api_url      = "https://api.prefect.cloud/api/accounts/a/workspaces/b"
    prefect_api_key      = "pnu_2"
    prefect_auth_version = 2
  }

  assert {
    condition     = google_secret_manager_secret_version.prefect["api_key"].secret_data_wo_version == "2"
    error_message = "a new version writes the key anew"
  }
}

run "auth_string" {
  variables {
    prefect_auth            = "auth_string"
    prefect_api_auth_string = "user:password"
  }

  assert {
    condition     = output.secrets["PREFECT_API_AUTH_STRING"] == "projects/my-project/secrets/prefect-gcm-auth-string"
    error_message = "the auth string is a secret"
  }
}

run "auth_none" {
  variables {
    prefect_api_url = "https://api.prefect.cloud/api/accounts/a/workspaces/b"
    prefect_auth    = "none"
  }

  assert {
    condition     = length(output.secrets) == 0
    error_message = "what the caller says comes first"
  }
}

run "existing_secrets" {
  variables {
    prefect_api_url = "https://api.prefect.cloud/api/accounts/a/workspaces/b"
    secrets = {
      PREFECT_API_KEY               = "key"
      PREFECT_CLIENT_CUSTOM_HEADERS = "projects/other/secrets/headers"
    }
  }

  assert {
    condition = {
      for e in google_cloud_run_v2_job.this.template[0].template[0].containers[0].env :
      e.name => e.value_source[0].secret_key_ref[0].secret if length(e.value_source) > 0
      } == {
      PREFECT_API_KEY               = "key"
      PREFECT_CLIENT_CUSTOM_HEADERS = "projects/other/secrets/headers"
    }
    error_message = "the job reads them"
  }

  assert {
    condition = (
      google_secret_manager_secret_iam_member.job["PREFECT_API_KEY"].project == "my-project" &&
      google_secret_manager_secret_iam_member.job["PREFECT_CLIENT_CUSTOM_HEADERS"].project == "other"
    )
    error_message = "and may"
  }

  assert {
    condition     = length(google_secret_manager_secret.prefect) == 0
    error_message = "none is made"
  }
}

run "period" {
  variables {
    period   = "15m"
    deadline = "90s"
  }

  assert {
    condition = (
      google_cloud_scheduler_job.this.schedule == "2-59/15 * * * *" &&
      google_cloud_run_v2_job.this.template[0].template[0].timeout == "150s" &&
      google_monitoring_metric_descriptor.this["exporter/up"].metadata[0].sample_period == "900s"
    )
    error_message = "schedule and sample period follow period, the timeout follows deadline"
  }
}

run "period_of_a_minute" {
  variables {
    period   = "1m"
    deadline = "1h"
  }

  assert {
    condition = (
      google_cloud_scheduler_job.this.schedule == "0-59/1 * * * *" &&
      google_cloud_run_v2_job.this.template[0].template[0].timeout == "3660s"
    )
    error_message = "every minute"
  }
}

run "period_of_two_minutes" {
  variables {
    period = "2m"
  }

  assert {
    condition     = google_cloud_scheduler_job.this.schedule == "0-59/2 * * * *"
    error_message = "every two minutes, the full hour included"
  }
}

run "period_of_an_hour" {
  variables {
    period = "1h"
  }

  assert {
    condition     = google_cloud_scheduler_job.this.schedule == "2 * * * *"
    error_message = "once an hour"
  }

  assert {
    condition = alltrue([
      for d in google_monitoring_dashboard.this :
      strcontains(d.dashboard_json, "\"7200s\"") &&
      !strcontains(d.dashboard_json, "\"600s\"") &&
      !strcontains(d.dashboard_json, "\"3600s\"") &&
      !strcontains(d.dashboard_json, "[15m]")
    ])
    error_message = "no chart looks at less than two periods"
  }
}

run "name" {
  variables {
    name = "staging"
  }

  assert {
    condition = (
      google_cloud_run_v2_job.this.name == "staging" &&
      google_cloud_scheduler_job.this.name == "staging" &&
      google_service_account.job[0].account_id == "staging-job" &&
      google_service_account.scheduler[0].account_id == "staging-scheduler" &&
      google_service_account.build[0].account_id == "staging-build" &&
      google_project_iam_custom_role.job[0].role_id == "staging" &&
      google_storage_bucket.build[0].name == "my-project-staging-build"
    )
    error_message = "all names follow"
  }
}

run "labels" {
  variables {
    labels = { team = "data" }
  }

  assert {
    condition     = google_cloud_run_v2_job.this.labels == tomap({ app = "prefect-gcm", team = "data" })
    error_message = "labels of the caller and our own"
  }
}

run "metric_prefix" {
  variables {
    metric_prefix = "external.googleapis.com/data/prefect_2"
  }

  assert {
    condition     = local.promql_prefix == "external_googleapis_com:data_prefect_2_"
    error_message = "the prefix as PromQL has it"
  }

  assert {
    condition     = google_monitoring_metric_descriptor.this["exporter/up"].type == "external.googleapis.com/data/prefect_2/exporter/up"
    error_message = "descriptors"
  }

  assert {
    condition = alltrue([
      for d in google_monitoring_dashboard.this :
      !strcontains(d.dashboard_json, "custom.googleapis.com/prefect") &&
      !strcontains(d.dashboard_json, "custom_googleapis_com") &&
      strcontains(d.dashboard_json, "external")
    ])
    error_message = "dashboards show the metrics of the new prefix and no others"
  }
}

run "image" {
  variables {
    image = "ghcr.io/me/prefect-gcm@sha256:0a1b"
  }

  assert {
    condition     = terraform_data.image.input == "ghcr.io/me/prefect-gcm@sha256:0a1b"
    error_message = "a change of the image replaces the job"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].containers[0].image == "ghcr.io/me/prefect-gcm@sha256:0a1b"
    error_message = "the job starts with the image"
  }
}

run "environment" {
  variables {
    environment = { INCLUDE_SUBFLOWS = "true" }
  }

  assert {
    condition = [
      for e in google_cloud_run_v2_job.this.template[0].template[0].containers[0].env :
      e.value if e.name == "INCLUDE_SUBFLOWS"
    ] == ["true"]
    error_message = "further settings reach the job"
  }
}

run "network" {
  variables {
    network = { subnetwork = "private", tags = ["prefect"] }
  }

  assert {
    condition = (
      google_cloud_run_v2_job.this.template[0].template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" &&
      google_cloud_run_v2_job.this.template[0].template[0].vpc_access[0].network_interfaces[0].subnetwork == "private" &&
      google_cloud_run_v2_job.this.template[0].template[0].vpc_access[0].network_interfaces[0].tags == tolist(["prefect"])
    )
    error_message = "the job's traffic leaves through the network"
  }
}

run "paused" {
  variables {
    paused           = true
    scheduler_region = "europe-west3"
  }

  assert {
    condition = (
      google_cloud_scheduler_job.this.paused &&
      google_cloud_scheduler_job.this.region == "europe-west3" &&
      strcontains(google_cloud_scheduler_job.this.http_target[0].uri, "/locations/europe-west1/")
    )
    error_message = "the scheduler holds still, in a region of its own"
  }
}

run "existing_identities" {
  variables {
    role = "organizations/1/roles/metrics"
    service_accounts = {
      job       = "metrics@other.iam.gserviceaccount.com"
      scheduler = "scheduler@my-project.iam.gserviceaccount.com"
      build     = "build@my-project.iam.gserviceaccount.com"
    }
  }

  assert {
    condition = (
      length(google_service_account.job) + length(google_service_account.scheduler) +
      length(google_service_account.build) + length(google_project_iam_custom_role.job) == 0
    )
    error_message = "none is made"
  }

  assert {
    condition = (
      google_project_iam_member.job.role == "organizations/1/roles/metrics" &&
      google_project_iam_member.job.member == "serviceAccount:metrics@other.iam.gserviceaccount.com" &&
      google_cloud_run_v2_job_iam_member.scheduler.member == "serviceAccount:scheduler@my-project.iam.gserviceaccount.com" &&
      google_cloud_run_v2_job_iam_member.build[0].member == "serviceAccount:build@my-project.iam.gserviceaccount.com" &&
      google_service_account_iam_member.build[0].service_account_id == "projects/-/serviceAccounts/metrics@other.iam.gserviceaccount.com"
    )
    error_message = "they have the rights that those made here would have"
  }
}

run "no_build" {
  command = plan

  variables {
    build = false
    image = "ghcr.io/me/prefect-gcm:1.0"
  }

  assert {
    condition = keys(google_project_service.this) == [
      "cloudresourcemanager.googleapis.com", "cloudscheduler.googleapis.com",
      "iam.googleapis.com", "logging.googleapis.com",
      "monitoring.googleapis.com", "run.googleapis.com",
    ]
    error_message = "the APIs of the job, its log and the alert on its log"
  }
}

run "nothing_optional" {
  variables {
    build           = false
    image           = "ghcr.io/me/prefect-gcm:1.0"
    dashboards      = false
    descriptors     = false
    manage_services = false
  }

  assert {
    condition = (
      length(google_artifact_registry_repository.this) == 0 &&
      length(google_artifact_registry_repository_iam_member.build) == 0 &&
      length(google_cloud_run_v2_job_iam_member.build) == 0 &&
      length(google_project_iam_member.build_logs) == 0 &&
      length(google_service_account.build) == 0 &&
      length(google_service_account_iam_member.build) == 0 &&
      length(google_storage_bucket.build) == 0 &&
      length(google_storage_bucket_iam_member.build) == 0 &&
      output.build_command == null && output.image_repository == null &&
      output.service_accounts.build == null
    )
    error_message = "no build"
  }

  assert {
    condition = (
      length(google_monitoring_dashboard.this) == 0 &&
      length(google_monitoring_metric_descriptor.this) == 0 &&
      length(google_project_service.this) == 0
    )
    error_message = "no dashboards, descriptors and services"
  }
}

run "delete_metrics" {
  variables {
    delete_metrics = true
  }

  assert {
    condition     = google_monitoring_metric_descriptor.this["exporter/up"].deletion_policy == "DELETE"
    error_message = "a destroy deletes the descriptors"
  }
}

run "encryption_key" {
  variables {
    prefect_auth   = "auth_string"
    encryption_key = "projects/keys/locations/europe-west1/keyRings/metrics/cryptoKeys/prefect"
  }

  assert {
    condition = alltrue([
      for key in [
        google_artifact_registry_repository.this[0].kms_key_name,
        google_cloud_run_v2_job.this.template[0].template[0].encryption_key,
        google_storage_bucket.build[0].encryption[0].default_kms_key_name,
        google_secret_manager_secret.prefect["auth_string"].replication[0].user_managed[0].replicas[0].customer_managed_encryption[0].kms_key_name,
      ] : key == "projects/keys/locations/europe-west1/keyRings/metrics/cryptoKeys/prefect"
    ])
    error_message = "all that is stored is encrypted with the key"
  }

  assert {
    condition     = google_secret_manager_secret.prefect["auth_string"].replication[0].user_managed[0].replicas[0].location == "europe-west1"
    error_message = "the secret is where the key is"
  }
}

run "no_encryption_key" {
  variables {
    prefect_auth = "auth_string"
  }

  assert {
    condition = (
      length(google_storage_bucket.build[0].encryption) == 0 &&
      length(google_secret_manager_secret.prefect["auth_string"].replication[0].auto) == 1 &&
      length(google_secret_manager_secret.prefect["auth_string"].replication[0].user_managed) == 0
    )
    error_message = "Google's own keys, and places of its choice"
  }
}

run "secret_locations" {
  variables {
    prefect_auth     = "auth_string"
    secret_locations = ["europe-west3", "europe-west4"]
  }

  assert {
    condition = (
      [
        for replica in google_secret_manager_secret.prefect["auth_string"].replication[0].user_managed[0].replicas :
        replica.location if length(replica.customer_managed_encryption) == 0
      ] == ["europe-west3", "europe-west4"] &&
      length(google_secret_manager_secret.prefect["auth_string"].replication[0].auto) == 0
    )
    error_message = "the secret is kept in these places and no others"
  }
}

run "binary_authorization_of_the_project" {
  variables {
    binary_authorization = "default"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.binary_authorization[0].use_default
    error_message = "the project's policy"
  }
}

run "binary_authorization_by_a_policy" {
  command = plan

  variables {
    binary_authorization = "projects/my-project/platforms/cloudRun/policies/signed"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.binary_authorization[0].policy == "projects/my-project/platforms/cloudRun/policies/signed"
    error_message = "a policy by name"
  }
}

run "worker_pool" {
  variables {
    worker_pool = "projects/builds/locations/europe-west4/workerPools/private"
  }

  assert {
    condition = strcontains(
      output.build_command,
      " --region=europe-west4 --worker-pool=projects/builds/locations/europe-west4/workerPools/private "
    )
    error_message = "builds run in the pool, in its region"
  }
}

run "channels_by_the_project_s_number" {
  command = plan

  variables {
    notification_channels = ["projects/123/notificationChannels/1"]
  }

  assert {
    condition     = google_monitoring_alert_policy.this["runs-late"].notification_channels == tolist(["projects/123/notificationChannels/1"])
    error_message = "a project's number is as good as its id"
  }
}

run "sixty_labels" {
  command = plan

  variables {
    labels = { for i in range(60) : "label-${i}" => "x" }
  }

  assert {
    condition     = length(google_monitoring_alert_policy.this["runs-late"].user_labels) == 63
    error_message = "as many labels as Google takes"
  }
}
