locals {
  default_prefix = "custom.googleapis.com/prefect"

  # custom.googleapis.com/prefect/x_y is custom_googleapis_com:prefect_x_y.
  prefix_parts = regex("^(?P<domain>[^/]+)/(?P<path>.+)$", var.metric_prefix)
  promql_prefix = format("%s:%s_",
    replace(local.prefix_parts.domain, "/[^A-Za-z0-9]/", "_"),
    replace(local.prefix_parts.path, "/[^A-Za-z0-9]/", "_"),
  )

  # By name below the prefix.
  descriptors = {
    for d in jsondecode(file("${path.module}/metric-descriptors.json")) :
    trimprefix(d.type, "${local.default_prefix}/") => d
  }

  # How late a point can be read, counted from the end of its window.
  ingest_lag = {
    for name, d in local.descriptors : name => (
      tonumber(trimsuffix(d.metadata.ingestDelay, "s")) -
      tonumber(trimsuffix(d.metadata.samplePeriod, "s"))
    )
  }
}

# The provider waits some ten seconds for each. With ABANDON, a destroy, a new
# metric_prefix or a label that a later version adds never deletes a
# descriptor, since all data of the metric would go with it; a create updates
# what exists.
resource "google_monitoring_metric_descriptor" "this" {
  for_each = { for name, d in local.descriptors : name => d if var.descriptors }

  project         = var.project_id
  type            = "${var.metric_prefix}/${each.key}"
  metric_kind     = each.value.metricKind
  value_type      = each.value.valueType
  unit            = each.value.unit
  display_name    = each.value.displayName
  description     = each.value.description
  deletion_policy = var.delete_metrics ? "DELETE" : "ABANDON"

  dynamic "labels" {
    for_each = try(each.value.labels, [])

    content {
      key         = labels.value.key
      description = labels.value.description
    }
  }

  metadata {
    sample_period = "${local.period_seconds}s"
    ingest_delay  = "${local.period_seconds + local.ingest_lag[each.key]}s"
  }

  depends_on = [google_project_service.this]
}

# Complete as they lie there: for the default prefix, in both spellings, and for
# a period of five minutes at most. A chart that looks at less than two periods
# cuts windows in two, and PromQL sees nothing in less than one.
locals {
  dashboards = {
    for file in fileset(
      "${path.module}/dashboards", var.dashboards ? "*.json" : ""
    ) : file => file("${path.module}/dashboards/${file}")
  }

  prefixed_dashboards = {
    for file, json in local.dashboards :
    file => replace(
      replace(json, "${local.default_prefix}/", "${var.metric_prefix}/"),
      "custom_googleapis_com:prefect_", local.promql_prefix
    )
  }

  timed_dashboards = {
    for file, json in local.prefixed_dashboards :
    file => replace(replace(replace(json,
      "\"600s\"", "\"${max(600, 2 * local.period_seconds)}s\""),
      "\"3600s\"", "\"${max(3600, 2 * local.period_seconds)}s\""),
      "[15m]", "[${local.alert_minutes.lookback}m]"
    )
  }
}

resource "google_monitoring_dashboard" "this" {
  for_each = local.timed_dashboards

  project        = var.project_id
  dashboard_json = each.value

  depends_on = [google_monitoring_metric_descriptor.this]
}
