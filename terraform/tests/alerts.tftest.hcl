# Alert policies and objectives, without Google: what is planned is what the
# files and the variables say.

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

  mock_resource "google_monitoring_slo" {
    defaults = {
      name = "projects/1/services/prefect-gcm/serviceLevelObjectives/x"
    }
  }
}

variables {
  project_id      = "my-project"
  region          = "europe-west1"
  prefect_api_url = "http://prefect.internal:4200/api"
  build           = false
  image           = "ghcr.io/me/prefect-gcm:1.0"
  dashboards      = false

  # terraform test wants a value for an ephemeral variable, in spite of its
  # default.
  prefect_api_key         = ""
  prefect_api_auth_string = ""
}

run "every_field_of_every_policy_arrives" {
  command = plan

  assert {
    condition     = length(google_monitoring_alert_policy.this) == 11
    error_message = "There are eleven policies."
  }

  # The planned resource, read back as the JSON that it came from.
  assert {
    condition = alltrue([
      for name, policy in google_monitoring_alert_policy.this :
      jsonencode(local.alert_policies[name]) == jsonencode({
        displayName = policy.display_name
        severity    = policy.severity
        combiner    = policy.combiner
        userLabels = {
          for k, v in policy.user_labels : k => v if !contains(keys(local.labels), k)
        }
        documentation = {
          subject  = policy.documentation[0].subject
          mimeType = policy.documentation[0].mime_type
        }
        conditions = [
          for c in policy.conditions : merge(
            { displayName = c.display_name },
            length(c.condition_matched_log) == 0 ? {} : {
              conditionMatchedLog = { filter = c.condition_matched_log[0].filter }
            },
            length(c.condition_prometheus_query_language) == 0 ? {} : {
              conditionPrometheusQueryLanguage = {
                query                   = c.condition_prometheus_query_language[0].query
                duration                = c.condition_prometheus_query_language[0].duration
                evaluationInterval      = c.condition_prometheus_query_language[0].evaluation_interval
                disableMetricValidation = c.condition_prometheus_query_language[0].disable_metric_validation
              }
            },
          )
        ]
        alertStrategy = {
          for key, value in {
            autoClose             = policy.alert_strategy[0].auto_close
            notificationPrompts   = policy.alert_strategy[0].notification_prompts
            notificationRateLimit = one([for limit in policy.alert_strategy[0].notification_rate_limit : { period = limit.period }])
          } : key => value if value != null
        }
      })
    ])
    error_message = "A field of a policy is lost on its way."
  }

  assert {
    condition = alltrue([
      for name, policy in google_monitoring_alert_policy.this :
      startswith(policy.documentation[0].content, "## What it means") &&
      !strcontains(policy.documentation[0].content, "$${") &&
      length(policy.documentation[0].content) < 8192
    ])
    error_message = "A policy's documentation is its runbook, filled in."
  }

  assert {
    condition     = alltrue([for p in google_monitoring_alert_policy.this : p.enabled])
    error_message = "All policies are on."
  }

  assert {
    condition = (
      google_monitoring_alert_policy.this["runs-late"].documentation[0].subject ==
      "Flow runs are late in work pool $${metric_or_resource.label.work_pool_name}"
    )
    error_message = "Google's variables are left to Google."
  }

  assert {
    condition     = length(google_monitoring_slo.this) == 0 && length(google_monitoring_custom_service.this) == 0
    error_message = "Objectives are made on demand only."
  }
}

run "channels_are_told" {
  command = plan

  variables {
    notification_channels = ["projects/my-project/notificationChannels/1"]
    slo                   = {}
  }

  assert {
    condition = alltrue([
      for p in concat(
        values(google_monitoring_alert_policy.this),
        values(google_monitoring_alert_policy.burn),
      ) : p.notification_channels == tolist(["projects/my-project/notificationChannels/1"])
    ])
    error_message = "Every policy tells the channels."
  }
}

run "thresholds_windows_and_names_are_filled_in" {
  command = plan

  variables {
    name          = "acme"
    metric_prefix = "custom.googleapis.com/acme/prefect"
    period        = "1h"
    alert_thresholds = {
      consecutive_failures = 7
      data_behind_seconds  = 60
    }
  }

  assert {
    condition = google_monitoring_alert_policy.this["consecutive-failures"].conditions[0].condition_prometheus_query_language[0].query == join("", [
      "max by (namespace, flow_name, deployment_name) (last_over_time(",
      "custom_googleapis_com:acme_prefect_deployment_consecutive_failures",
      "{monitored_resource=\"generic_task\",project_id=\"my-project\",job=\"acme\"}[180m])) >= 7",
    ])
    error_message = "Prefix, project, name, three periods and the threshold are in the query."
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.this["exporter-silent"].conditions[0].condition_prometheus_query_language[0].query, "[120m]") &&
      google_monitoring_alert_policy.this["exporter-silent"].conditions[0].condition_prometheus_query_language[0].duration == "3720s"
    )
    error_message = "Silence is three periods, the last of which is waited out."
  }

  assert {
    condition = endswith(
      google_monitoring_alert_policy.this["data-behind"].conditions[0].condition_prometheus_query_language[0].query,
      " > 10800"
    )
    error_message = "The watermark may always be three periods behind."
  }

  assert {
    condition = strcontains(
      google_monitoring_alert_policy.this["points-rejected"].conditions[0].condition_prometheus_query_language[0].query,
      "[720m]"
    )
    error_message = "Growth is taken over twelve periods."
  }

  assert {
    condition     = alltrue([for p in google_monitoring_alert_policy.this : p.alert_strategy[0].auto_close == "10800s"])
    error_message = "An incident does not close before the next execution."
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.this["exporter-broken"].conditions[0].condition_matched_log[0].filter, "job_name=\"acme\"")
    error_message = "The log is that of the job."
  }
}

run "some_are_off" {
  command = plan

  variables {
    alerts_off = ["runs-stuck", "never-started"]
    paused     = true
  }

  assert {
    condition     = length(google_monitoring_alert_policy.this) == 9 && !contains(keys(google_monitoring_alert_policy.this), "runs-stuck")
    error_message = "Policies are off by name."
  }

  assert {
    condition = [
      for name, p in google_monitoring_alert_policy.this : name if !p.enabled
    ] == ["exporter-silent"]
    error_message = "A pause is silent, and nobody is told."
  }
}

run "all_are_off" {
  command = plan

  variables {
    alerts_off = ["all"]
    slo        = { duration = { seconds = 600 } }
  }

  assert {
    condition = (
      length(google_monitoring_alert_policy.this) + length(google_monitoring_alert_policy.burn) == 0 &&
      length(google_monitoring_slo.this) == 2
    )
    error_message = "All policies are off, those of the objectives too; the objectives stay."
  }
}

run "objectives" {
  variables {
    slo = {
      goal      = 0.995
      days      = 7
      duration  = { seconds = 600 }
      fast_burn = 14.4
    }
    manage_services = false
  }

  assert {
    condition = [
      for filter in ["good_service_filter", "total_service_filter"] :
      google_monitoring_slo.this["completed"].request_based_sli[0].good_total_ratio[0][filter]
      ] == [
      "metric.type=\"custom.googleapis.com/prefect/flow_run/finished_count\" resource.type=\"generic_task\" resource.label.project_id=\"my-project\" resource.label.job=\"prefect-gcm\" metric.label.state=\"completed\"",
      "metric.type=\"custom.googleapis.com/prefect/flow_run/finished_count\" resource.type=\"generic_task\" resource.label.project_id=\"my-project\" resource.label.job=\"prefect-gcm\" metric.label.state!=\"cancelled\"",
    ]
    error_message = "Completed runs are good, cancelled ones do not count."
  }

  assert {
    condition = (
      google_monitoring_slo.this["duration"].request_based_sli[0].distribution_cut[0].range[0].max == 600 &&
      google_monitoring_slo.this["duration"].goal == 0.95 &&
      google_monitoring_slo.this["completed"].goal == 0.995 &&
      google_monitoring_slo.this["completed"].rolling_period_days == 7
    )
    error_message = "Objectives are those of the variable."
  }

  assert {
    condition = { for name, p in google_monitoring_alert_policy.burn : name => [
      p.severity,
      p.conditions[0].condition_threshold[0].threshold_value,
      p.conditions[0].condition_threshold[0].filter,
      ] } == { for name, expected in {
      completed-fast = ["CRITICAL", 14.4, "60m"]
      completed-slow = ["WARNING", 2, "1440m"]
      duration-fast  = ["CRITICAL", 14.4, "60m"]
      duration-slow  = ["WARNING", 2, "1440m"]
      } : name => [
      expected[0], expected[1],
      "select_slo_burn_rate(\"${google_monitoring_slo.this[split("-", name)[0]].name}\", \"${expected[2]}\")",
    ] }
    error_message = "Each objective has a fast and a slow burn alert."
  }

  assert {
    condition = { for name, p in google_monitoring_alert_policy.burn : name => [
      p.combiner,
      p.conditions[1].condition_threshold[0].threshold_value,
      p.conditions[1].condition_threshold[0].aggregations[0].alignment_period,
      endswith(p.conditions[1].condition_threshold[0].filter, " metric.label.state=\"completed\""),
      ] } == {
      completed-fast = ["AND", 9.5, "3600s", false]
      completed-slow = ["AND", 9.5, "86400s", false]
      duration-fast  = ["AND", 9.5, "3600s", true]
      duration-slow  = ["AND", 9.5, "86400s", true]
    }
    error_message = "Few runs burn no budget: a burn alert wants ten of what it judges."
  }
}

run "objective_without_duration" {
  command = plan

  variables {
    slo = {}
  }

  assert {
    condition     = keys(google_monitoring_slo.this) == ["completed"] && length(google_monitoring_alert_policy.burn) == 2
    error_message = "One objective, by default."
  }
}

run "thresholds_out_of_range" {
  command = plan

  variables {
    alert_thresholds = { failure_ratio = 10 }
  }

  expect_failures = [var.alert_thresholds]
}

run "counts_that_are_no_numbers_of_runs" {
  command = plan

  variables {
    alert_thresholds = { never_started = 0.5 }
  }

  expect_failures = [var.alert_thresholds]
}

run "times_in_minutes" {
  command = plan

  variables {
    alert_thresholds = { late_seconds = 10 }
  }

  expect_failures = [var.alert_thresholds]
}

run "policies_that_do_not_exist" {
  command = plan

  variables {
    alerts_off = ["runs-lost"]
  }

  expect_failures = [var.alerts_off]
}

run "goals_in_percent" {
  command = plan

  variables {
    slo = { goal = 99 }
  }

  expect_failures = [var.slo]
}

run "too_many_days" {
  command = plan

  variables {
    slo = { days = 31 }
  }

  expect_failures = [var.slo]
}

run "durations_below_nothing" {
  command = plan

  variables {
    slo = { duration = { seconds = 0 } }
  }

  expect_failures = [var.slo]
}

run "burns_that_are_none" {
  command = plan

  variables {
    slo = { fast_burn = 1 }
  }

  expect_failures = [var.slo]
}
