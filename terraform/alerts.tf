locals {
  # A gauge is looked for in three periods, so that one execution may be late
  # or missing; a counter's growth is taken over twelve, so that what PromQL
  # adds for the edges of a window stays small.
  alert_minutes = {
    lookback = max(15, 3 * local.period_minutes)
    window   = max(60, 12 * local.period_minutes)

    burn = max(60, 2 * local.period_minutes)
  }

  # Silence is a lookback too, but its last period is waited out, and a bit more:
  # else the alert would open as soon as the end of a pause enables it, before
  # the first execution.
  alert_patience = local.period_minutes + 2

  alert_values = merge(var.alert_thresholds, {
    auto_close    = "${60 * max(30, local.alert_minutes.lookback)}s"
    cloud_run_job = var.name
    burn_window   = "${local.alert_minutes.burn}m"
    job           = var.name
    location      = var.region
    lookback      = "${local.alert_minutes.lookback}m"
    metric        = local.promql_prefix
    patience      = "${60 * local.alert_patience}s"
    project       = var.project_id
    recent        = "${local.alert_minutes.lookback - local.period_minutes}m"
    window        = "${local.alert_minutes.window}m"

    prefect_api_url = trimsuffix(var.prefect_api_url, "/")

    # The watermark is up to a period behind at all times.
    data_behind_seconds = max(
      var.alert_thresholds.data_behind_seconds, 3 * local.period_seconds
    )
  })

  # By name, as google.monitoring.v3.AlertPolicy in JSON.
  alert_policies = {
    for file in fileset("${path.module}/alerts", "*.json") :
    trimsuffix(file, ".json") => jsondecode(
      templatefile("${path.module}/alerts/${file}", local.alert_values)
    )
    if length(setintersection(
      var.alerts_off, ["all", trimsuffix(file, ".json")]
    )) == 0
  }
}

# Nobody is told of a silence that a pause has asked for.
resource "google_monitoring_alert_policy" "this" {
  for_each = local.alert_policies

  project      = var.project_id
  display_name = each.value.displayName
  severity     = each.value.severity
  combiner     = each.value.combiner
  user_labels  = merge(local.labels, each.value.userLabels)

  enabled = !(var.paused && each.key == "exporter-silent")

  notification_channels = var.notification_channels

  documentation {
    subject   = each.value.documentation.subject
    mime_type = each.value.documentation.mimeType
    content = templatefile(
      "${path.module}/alerts/${each.key}.md", local.alert_values
    )
  }

  dynamic "conditions" {
    for_each = each.value.conditions

    content {
      display_name = conditions.value.displayName

      dynamic "condition_prometheus_query_language" {
        for_each = try(
          [conditions.value.conditionPrometheusQueryLanguage], []
        )
        iterator = promql

        content {
          query                     = promql.value.query
          duration                  = promql.value.duration
          evaluation_interval       = promql.value.evaluationInterval
          disable_metric_validation = promql.value.disableMetricValidation
        }
      }

      dynamic "condition_matched_log" {
        for_each = try([conditions.value.conditionMatchedLog], [])
        iterator = log

        content {
          filter = log.value.filter
        }
      }
    }
  }

  alert_strategy {
    auto_close           = each.value.alertStrategy.autoClose
    notification_prompts = try(each.value.alertStrategy.notificationPrompts, null)

    dynamic "notification_rate_limit" {
      for_each = try([each.value.alertStrategy.notificationRateLimit], [])

      content {
        period = notification_rate_limit.value.period
      }
    }
  }

  depends_on = [google_monitoring_metric_descriptor.this]
}
