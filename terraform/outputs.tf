output "build_command" {
  description = "Builds, deploys and tries what is checked out, to be run in the root of the repository. The variable SUBSTITUTIONS may hold more of cloudbuild.yaml's, such as _TEST=false."
  value = !var.build ? null : join(" ", concat([
    "gcloud builds submit . --config=cloudbuild.yaml",
    "--project=${var.project_id}",
    "--region=${try(split("/", var.worker_pool)[3], var.region)}",
    ], [
    for pool in var.worker_pool[*] : "--worker-pool=${pool}"
    ], [
    "--gcs-source-staging-dir=gs://${google_storage_bucket.build[0].name}/source",
    "--substitutions=${join(",", [
      "_REVISION=$(git describe --always --dirty --abbrev=40 --exclude='*')",
      "_SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)",
      "_IMAGE=${local.image_repository}",
      "_REGION=${var.region}",
      "_JOB=${google_cloud_run_v2_job.this.name}",
      "_SBOM_LOCATION=gs://${google_storage_bucket.build[0].name}/sbom",
      "_SERVICE_ACCOUNT=${local.build_account}",
    ])}$${SUBSTITUTIONS:+,$SUBSTITUTIONS}",
  ]))
}

output "check_command" {
  description = "Runs prefect-gcm check in Cloud Run: what to do when nothing arrives. Its lines are in the log, see logs_command."
  value       = "${local.execute} --args=check"
}

output "dashboards" {
  description = "Addresses of the dashboards, by file."
  value = {
    for file, dashboard in google_monitoring_dashboard.this :
    trimsuffix(file, ".json") => join("", [
      "https://console.cloud.google.com/monitoring/dashboards/builder/",
      "${basename(dashboard.id)}?project=${var.project_id}",
    ])
  }
}

output "image_repository" {
  description = "Where images of the job are pushed to, without a tag."
  value       = local.image_repository
}

output "job" {
  description = "The Cloud Run job: its name, and its page in the console."
  value = {
    name = google_cloud_run_v2_job.this.name
    url = join("/", [
      "https://console.cloud.google.com/run/jobs/details",
      "${var.region}/${var.name}/executions?project=${var.project_id}",
    ])
  }
}

output "logs_command" {
  description = "Shows what the job said in the last hour, newest first."
  value = join(" ", [
    "gcloud logging read",
    "'resource.type=\"cloud_run_job\"",
    "resource.labels.job_name=\"${var.name}\"",
    "resource.labels.location=\"${var.region}\"'",
    "--project=${var.project_id} --freshness=1h --limit=50",
    "--format='value(timestamp, severity, jsonPayload.message, textPayload)'",
  ])
}

output "run_command" {
  description = "Runs the job now and waits for its end."
  value       = local.execute
}

output "secret_command" {
  description = "Adds a new version of the secret that is made here, read from standard input; the next execution uses it."
  value = one([
    for made in values(local.made_secrets) :
    "gcloud secrets versions add ${made.name} --project=${var.project_id} --data-file=-"
  ])
}

output "secrets" {
  description = "Secrets by the setting of the job that they are for."
  value       = local.secrets
}

output "service_accounts" {
  description = "E-mail addresses of the accounts of job, scheduler and build."
  value = {
    job       = local.job_account
    scheduler = local.scheduler_account
    build     = local.build_account
  }
}

locals {
  execute = join(" ", [
    "gcloud run jobs execute ${google_cloud_run_v2_job.this.name}",
    "--project=${var.project_id} --region=${var.region} --wait",
  ])
  image_repository = !var.build ? null : join("/", [
    "${var.region}-docker.pkg.dev/${var.project_id}",
    "${google_artifact_registry_repository.this[0].repository_id}/prefect-gcm",
  ])
}
