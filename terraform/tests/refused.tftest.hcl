# What the variables refuse.
mock_provider "google" {}

variables {
  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "http://prefect.internal:4200/api"
}

run "deadline_too_short" {
  command = plan

  variables {
    deadline = "29s"
  }

  expect_failures = [var.deadline]
}

run "deadline_too_long" {
  command = plan

  variables {
    deadline = "13h"
  }

  expect_failures = [var.deadline]
}

run "deadline_without_a_unit" {
  command = plan

  variables {
    deadline = "240"
  }

  expect_failures = [var.deadline]
}

run "environment_that_terraform_owns" {
  command = plan

  variables {
    environment = { PERIOD = "1m" }
  }

  expect_failures = [var.environment]
}

run "environment_that_is_secret" {
  command = plan

  variables {
    environment = { PREFECT_API_KEY = "pnu_1" }
  }

  expect_failures = [var.environment]
}

run "environment_in_small_letters" {
  command = plan

  variables {
    environment = { period = "1m" }
  }

  expect_failures = [var.environment]
}

run "image_without_tag" {
  command = plan

  variables {
    image = "ghcr.io/me/prefect-gcm"
  }

  expect_failures = [var.image]
}

run "image_without_registry" {
  command = plan

  variables {
    image = "prefect-gcm:1.0"
  }

  expect_failures = [var.image]
}

run "labels_in_capitals" {
  command = plan

  variables {
    labels = { Team = "data" }
  }

  expect_failures = [var.labels]
}

run "labels_with_spaces" {
  command = plan

  variables {
    labels = { team = "data team" }
  }

  expect_failures = [var.labels]
}

run "metric_prefix_of_another_domain" {
  command = plan

  variables {
    metric_prefix = "workload.googleapis.com/prefect"
  }

  expect_failures = [var.metric_prefix]
}

run "metric_prefix_with_a_slash_at_the_end" {
  command = plan

  variables {
    metric_prefix = "custom.googleapis.com/prefect/"
  }

  expect_failures = [var.metric_prefix]
}

run "metric_prefix_without_path" {
  command = plan

  variables {
    metric_prefix = "custom.googleapis.com"
  }

  expect_failures = [var.metric_prefix]
}

run "name_too_long" {
  command = plan

  variables {
    name = "prefect-gcm-of-the-data-team"
  }

  expect_failures = [var.name]
}

run "name_in_capitals" {
  command = plan

  variables {
    name = "Prefect"
  }

  expect_failures = [var.name]
}

run "name_with_a_hyphen_at_the_end" {
  command = plan

  variables {
    name = "prefect-"
  }

  expect_failures = [var.name]
}

run "network_of_nothing" {
  command = plan

  variables {
    network = { tags = ["prefect"] }
  }

  expect_failures = [var.network]
}

run "network_of_unknown_egress" {
  command = plan

  variables {
    network = { network = "default", egress = "ALL" }
  }

  expect_failures = [var.network]
}

run "notification_channels_by_number" {
  command = plan

  variables {
    notification_channels = ["12345"]
  }

  expect_failures = [var.notification_channels]
}

run "period_that_divides_no_hour" {
  command = plan

  variables {
    period = "7m"
  }

  expect_failures = [var.period]
}

run "period_too_short" {
  command = plan

  variables {
    period = "30s"
  }

  expect_failures = [var.period]
}

run "period_too_long" {
  command = plan

  variables {
    period = "2h"
  }

  expect_failures = [var.period]
}

run "prefect_api_auth_string_that_is_not_used" {
  command = plan

  variables {
    prefect_api_auth_string = "user:password"
  }

  expect_failures = [var.prefect_api_auth_string]
}

run "prefect_api_key_that_is_not_used" {
  command = plan

  variables {
    prefect_api_key = "pnu_1"
  }

  expect_failures = [var.prefect_api_key]
}

run "prefect_api_url_without_scheme" {
  command = plan

  variables {
    prefect_api_url = "prefect:4200/api"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_with_a_password" {
  command = plan

  variables {
    prefect_api_url = "http://user:password@prefect/api"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_with_a_query" {
  command = plan

  variables {
    prefect_api_url = "http://prefect/api?x=1"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_of_prefect_cloud_in_plaintext" {
  command = plan

  variables {
    prefect_api_url = "http://api.prefect.cloud/api/accounts/a/workspaces/b"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_of_a_browser" {
  command = plan

  variables {
    prefect_api_url = "https://app.prefect.cloud/account/a/workspace/b"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_without_a_workspace" {
  command = plan

  variables {
    prefect_api_url = "https://api.prefect.cloud/api"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_with_a_port_too_high" {
  command = plan

  variables {
    prefect_api_url = "http://prefect:99999/api"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_api_url_with_port_zero" {
  command = plan

  variables {
    prefect_api_url = "http://prefect:0/api"
  }

  expect_failures = [var.prefect_api_url]
}

run "prefect_auth_of_an_unknown_kind" {
  command = plan

  variables {
    prefect_auth = "password"
  }

  expect_failures = [var.prefect_auth]
}

run "prefect_auth_version_zero" {
  command = plan

  variables {
    prefect_auth_version = 0
  }

  expect_failures = [var.prefect_auth_version]
}

run "prefect_auth_version_a_fraction" {
  command = plan

  variables {
    prefect_auth_version = 1.5
  }

  expect_failures = [var.prefect_auth_version]
}

run "project_id_a_number" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "project_id_in_capitals" {
  command = plan

  variables {
    project_id = "My Project"
  }

  expect_failures = [var.project_id]
}

run "region_a_zone" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "region_a_multi_region" {
  command = plan

  variables {
    region = "eu"
  }

  expect_failures = [var.region]
}

run "role_a_bare_name" {
  command = plan

  variables {
    role = "metrics"
  }

  expect_failures = [var.role]
}

run "scheduler_region_a_zone" {
  command = plan

  variables {
    scheduler_region = "europe-west1-b"
  }

  expect_failures = [var.scheduler_region]
}

run "secrets_for_another_setting" {
  command = plan

  variables {
    secrets = { PERIOD = "period" }
  }

  expect_failures = [var.secrets]
}

run "secrets_with_a_version" {
  command = plan

  variables {
    secrets = { PREFECT_API_KEY = "projects/p/secrets/key/versions/1" }
  }

  expect_failures = [var.secrets]
}

run "secrets_both_at_once" {
  command = plan

  variables {
    secrets = { PREFECT_API_KEY = "a", PREFECT_API_AUTH_STRING = "b" }
  }

  expect_failures = [var.secrets]
}

run "service_accounts_by_member" {
  command = plan

  variables {
    service_accounts = { job = "serviceAccount:job@my-project.iam.gserviceaccount.com" }
  }

  expect_failures = [var.service_accounts]
}

run "secrets_beside_another_kind_of_auth" {
  command = plan

  variables {
    prefect_auth = "auth_string"
    secrets      = { PREFECT_API_KEY = "key" }
  }

  expect_failures = [var.secrets]
}

run "binary_authorization_by_a_bare_name" {
  command = plan

  variables {
    binary_authorization = "signed"
  }

  expect_failures = [var.binary_authorization]
}

run "encryption_key_with_a_version" {
  command = plan

  variables {
    encryption_key = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"
  }

  expect_failures = [var.encryption_key]
}

run "encryption_key_of_another_region" {
  command = plan

  variables {
    encryption_key = "projects/p/locations/europe/keyRings/r/cryptoKeys/k"
  }

  expect_failures = [var.encryption_key]
}

run "environment_that_cloud_run_owns" {
  command = plan

  variables {
    environment = { CLOUD_RUN_TASK_INDEX = "0" }
  }

  expect_failures = [var.environment]
}

run "environment_that_google_keeps" {
  command = plan

  variables {
    environment = { X_GOOGLE_REGION = "europe-west1" }
  }

  expect_failures = [var.environment]
}

run "environment_of_knative" {
  command = plan

  variables {
    environment = { K_SERVICE = "prefect-gcm" }
  }

  expect_failures = [var.environment]
}

# Nothing would ever replace the example job.
run "image_of_nobody" {
  command = plan

  variables {
    build = false
  }

  expect_failures = [var.image]
}

run "labels_too_many" {
  command = plan

  variables {
    labels = { for i in range(65) : "label-${i}" => "x" }
  }

  expect_failures = [var.labels]
}

run "labels_too_many_with_those_added_here" {
  command = plan

  variables {
    labels = { for i in range(61) : "label-${i}" => "x" }
  }

  expect_failures = [var.labels]
}

run "metric_prefix_too_long" {
  command = plan

  variables {
    metric_prefix = "custom.googleapis.com/${join("", [for i in range(150) : "p"])}"
  }

  expect_failures = [var.metric_prefix]
}

run "name_with_google" {
  command = plan

  variables {
    name = "my-google-runs"
  }

  expect_failures = [var.name]
}

run "name_that_looks_like_google" {
  command = plan

  variables {
    name = "my-g00gle-runs"
  }

  expect_failures = [var.name]
}

run "name_that_begins_with_goog" {
  command = plan

  variables {
    name = "goog-runs"
  }

  expect_failures = [var.name]
}

run "notification_channels_of_another_project" {
  command = plan

  variables {
    notification_channels = ["projects/other-project/notificationChannels/1"]
  }

  expect_failures = [var.notification_channels]
}

run "notification_channels_too_many" {
  command = plan

  variables {
    notification_channels = [
      for i in range(17) : "projects/my-project/notificationChannels/${i}"
    ]
  }

  expect_failures = [var.notification_channels]
}

run "secret_locations_a_zone" {
  command = plan

  variables {
    secret_locations = ["europe-west1-b"]
  }

  expect_failures = [var.secret_locations]
}

run "secret_locations_twice_the_same" {
  command = plan

  variables {
    secret_locations = ["europe-west1", "europe-west1"]
  }

  expect_failures = [var.secret_locations]
}

run "secret_locations_beside_that_of_the_key" {
  command = plan

  variables {
    encryption_key   = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k"
    secret_locations = ["europe-west1", "europe-west3"]
  }

  expect_failures = [var.secret_locations]
}

run "slo_without_descriptors" {
  command = plan

  variables {
    slo         = {}
    descriptors = false
  }

  expect_failures = [var.slo]
}

run "slo_of_no_runs" {
  command = plan

  variables {
    slo = { runs = 0 }
  }

  expect_failures = [var.slo]
}

run "worker_pool_by_a_bare_name" {
  command = plan

  variables {
    worker_pool = "private"
  }

  expect_failures = [var.worker_pool]
}
