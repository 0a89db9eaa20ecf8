locals {
  # Every series of the job, and no other's.
  slo_series = join(" ", [
    "resource.type=\"generic_task\"",
    "resource.label.project_id=\"${var.project_id}\"",
    "resource.label.job=\"${var.name}\"",
  ])
  finished = join(" ", [
    "metric.type=\"${var.metric_prefix}/flow_run/finished_count\"",
    local.slo_series,
  ])
  completed_times = join(" ", [
    "metric.type=\"${var.metric_prefix}/flow_run/execution_times\"",
    local.slo_series, "metric.label.state=\"completed\"",
  ])

  objectives = var.slo == null ? {} : merge(
    { completed = var.slo.goal },
    var.slo.duration == null ? {} : { duration = var.slo.duration.goal },
  )

  burns = var.slo == null ? {} : {
    fast = {
      window   = "${local.alert_minutes.burn}m"
      rate     = var.slo.fast_burn
      severity = "CRITICAL"
    }
    slow = {
      window   = "1440m"
      rate     = var.slo.slow_burn
      severity = "WARNING"
    }
  }
  burning = {
    for pair in setproduct(keys(local.objectives), keys(local.burns)) :
    join("-", pair) => { objective = pair[0], burn = pair[1] }
    if !contains(var.alerts_off, "all")
  }

  # What an objective's share is taken of.
  judged = {
    completed = "${local.finished} metric.label.state!=\"cancelled\""
    duration  = "${local.finished} metric.label.state=\"completed\""
  }
}

resource "google_monitoring_custom_service" "this" {
  count = var.slo == null ? 0 : 1

  project      = var.project_id
  service_id   = var.name
  display_name = "Prefect flow runs (${var.name})"
  user_labels  = local.labels

  depends_on = [google_project_service.this]
}

# Its filters are checked against the descriptors, which come first.
resource "google_monitoring_slo" "this" {
  for_each = local.objectives

  project             = var.project_id
  service             = google_monitoring_custom_service.this[0].service_id
  slo_id              = each.key
  goal                = each.value
  rolling_period_days = var.slo.days
  user_labels         = local.labels
  display_name = (
    each.key == "completed"
    ? "Flow runs that complete"
    : "Flow runs of at most ${var.slo.duration.seconds} s"
  )

  request_based_sli {
    dynamic "good_total_ratio" {
      for_each = each.key == "completed" ? [local.finished] : []
      iterator = metric

      content {
        good_service_filter  = "${metric.value} metric.label.state=\"completed\""
        total_service_filter = local.judged.completed
      }
    }

    dynamic "distribution_cut" {
      for_each = each.key == "duration" ? [local.completed_times] : []
      iterator = metric

      content {
        distribution_filter = metric.value

        range {
          max = var.slo.duration.seconds
        }
      }
    }
  }

  depends_on = [google_monitoring_metric_descriptor.this]
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.burning

  project               = var.project_id
  combiner              = "AND"
  severity              = local.burns[each.value.burn].severity
  notification_channels = var.notification_channels
  user_labels           = merge(local.labels, { alert = "slo-burn" })
  display_name = join(" ", [
    "${var.name}: error budget burns ${each.value.burn}",
    "(${google_monitoring_slo.this[each.value.objective].display_name})",
  ])

  documentation {
    subject   = "The error budget of Prefect's flow runs burns ${each.value.burn}"
    mime_type = "text/markdown"
    content   = templatefile("${path.module}/alerts/slo-burn.md", local.alert_values)
  }

  conditions {
    display_name = join(" ", [
      "${local.burns[each.value.burn].rate} times too fast",
      "over ${local.burns[each.value.burn].window}",
    ])

    condition_threshold {
      filter = format("select_slo_burn_rate(%q, %q)",
        google_monitoring_slo.this[each.value.objective].name,
        local.burns[each.value.burn].window,
      )
      comparison      = "COMPARISON_GT"
      threshold_value = local.burns[each.value.burn].rate
      duration        = "0s"

      trigger {
        count = 1
      }
    }
  }

  # One failure of three runs burns any budget, and says nothing.
  conditions {
    display_name = join(" ", [
      "${var.slo.runs} runs or more",
      "over ${local.burns[each.value.burn].window}",
    ])

    condition_threshold {
      filter          = local.judged[each.value.objective]
      comparison      = "COMPARISON_GT"
      threshold_value = var.slo.runs - 0.5
      duration        = "0s"

      aggregations {
        alignment_period     = "${60 * tonumber(trimsuffix(local.burns[each.value.burn].window, "m"))}s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }

      trigger {
        count = 1
      }
    }
  }

  alert_strategy {
    auto_close           = local.alert_values.auto_close
    notification_prompts = ["OPENED", "CLOSED"]
  }

  depends_on = [google_monitoring_metric_descriptor.this]
}
