variable "binary_authorization" {
  description = "Policy of Binary Authorization that the job's image has to pass: \"default\" for that of the project, or projects/PROJECT/platforms/cloudRun/policies/NAME. It has to let Google's example job pass too, unless image is given."
  type        = string
  default     = null

  validation {
    condition = var.binary_authorization == null || can(regex(
      "^(default|projects/[^/]+/platforms/cloudRun/policies/[^/]+)$", var.binary_authorization
    ))
    error_message = "binary_authorization must be default or of the form projects/PROJECT/platforms/cloudRun/policies/NAME."
  }
}

variable "build" {
  description = "Whether to make what cloudbuild.yaml needs: an Artifact Registry repository, a bucket for sources and an account that builds and deploys."
  type        = bool
  nullable    = false
  default     = true
}

variable "dashboards" {
  description = "Whether to make the dashboards. They show all that is written under metric_prefix, so one installation per project makes them."
  type        = bool
  nullable    = false
  default     = true
}

variable "deadline" {
  description = "DEADLINE of the job, such as 90s, 4m or 1h. Cloud Run's task timeout is a minute longer."
  type        = string
  nullable    = false
  default     = "4m"

  validation {
    condition = can(regex(
      "^([3-9][0-9]s|[1-9][0-9]{2,3}s|[1-9][0-9]?m|([1-9]|1[0-2])h)$", var.deadline
    ))
    error_message = "deadline must be a duration such as 90s, 4m or 1h: 30s to 9999s, 1m to 99m, or 1h to 12h."
  }
}

variable "delete_metrics" {
  description = "Whether a destroy also deletes the metric descriptors, and with them all data of these metrics. Apply it once before the destroy."
  type        = bool
  nullable    = false
  default     = false
}

variable "descriptors" {
  description = "Whether to make the metric descriptors, which give metrics their names, units and descriptions. It takes some ten seconds for each; the job does without."
  type        = bool
  nullable    = false
  default     = true
}

variable "encryption_key" {
  description = "Key of Cloud KMS for what is stored: image registry, bucket of the build, secret, and the job. It is in region, as projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY, and Google's agents for the four may use it already; see README."
  type        = string
  default     = null

  validation {
    condition = var.encryption_key == null || can(regex(
      "^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.encryption_key
    ))
    error_message = "encryption_key must be of the form projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY, without a version."
  }

  validation {
    condition     = try(split("/", var.encryption_key)[3], var.region) == var.region
    error_message = "encryption_key must be a key in the region of what it encrypts, which is region."
  }
}

variable "environment" {
  description = "Further settings of the job, such as { INCLUDE_SUBFLOWS = \"true\" }."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition = length(setintersection(keys(var.environment), [
      "DEADLINE", "GOOGLE_CLOUD_PROJECT", "METRIC_PREFIX", "PERIOD",
      "PREFECT_API_URL", "RESOURCE_JOB", "RESOURCE_LOCATION",
    ])) == 0
    error_message = "environment must not have DEADLINE, GOOGLE_CLOUD_PROJECT, METRIC_PREFIX, PERIOD, PREFECT_API_URL, RESOURCE_JOB or RESOURCE_LOCATION: they follow from deadline, project_id, metric_prefix, period, prefect_api_url, name and region."
  }

  validation {
    condition = length(setintersection(keys(var.environment), [
      "PREFECT_API_AUTH_STRING", "PREFECT_API_KEY", "PREFECT_CLIENT_CUSTOM_HEADERS",
    ])) == 0
    error_message = "environment must not have PREFECT_API_KEY, PREFECT_API_AUTH_STRING or PREFECT_CLIENT_CUSTOM_HEADERS, since anyone could read them there: name a secret in secrets, or see prefect_auth."
  }

  validation {
    condition = alltrue([
      for name in keys(var.environment) : can(regex("^[A-Z][A-Z0-9_]*$", name))
    ])
    error_message = "environment must have names of capital letters, digits and underscores, such as INCLUDE_SUBFLOWS."
  }

  validation {
    condition = alltrue([
      for name in keys(var.environment) :
      !can(regex("^(CLOUD_RUN|X_GOOGLE|K)_", name))
    ])
    error_message = "environment must not have names that begin with CLOUD_RUN_, X_GOOGLE_ or K_, which Cloud Run keeps to itself."
  }
}

variable "image" {
  description = "Image of the job, by tag or digest. A change of it replaces the job. Without one, the job starts as Google's example job, and a build deploys the real image past Terraform."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("^[^/\\s]+/[^\\s]+[:@][^/\\s]+$", var.image))
    error_message = "image must be registry/path with a tag or a digest, such as europe-docker.pkg.dev/my-project/images/prefect-gcm:1.0."
  }

  validation {
    condition     = var.build || var.image != null
    error_message = "image must be given with build = false: nothing else would replace Google's example job, which does nothing."
  }
}

variable "labels" {
  description = "Labels of all resources that take some, besides app = name."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition = alltrue([
      for k, v in var.labels :
      can(regex("^[a-z][a-z0-9_-]{0,62}$", k)) && can(regex("^[a-z0-9_-]{0,63}$", v))
    ])
    error_message = "labels must have keys that begin with a small letter, and keys and values of at most 63 small letters, digits, underscores and hyphens."
  }

  # Google takes 64. The provider adds its own to some resources, this module
  # app to all and two more to the alert policies.
  validation {
    condition = length(setunion(keys(var.labels), [
      "alert", "app", "component", "goog-terraform-provisioned",
    ])) <= 64
    error_message = "labels must be at most 60: Google takes 64 for a resource, and four are added here."
  }
}

variable "manage_services" {
  description = "Whether to enable the APIs that are needed. If not, they are enabled already."
  type        = bool
  nullable    = false
  default     = true
}

variable "metric_prefix" {
  description = "What all metric types begin with, METRIC_PREFIX of the job."
  type        = string
  nullable    = false
  default     = "custom.googleapis.com/prefect"

  validation {
    condition = can(regex(
      "^(custom|external)\\.googleapis\\.com(/[A-Za-z][A-Za-z0-9_]*)+$",
      var.metric_prefix
    ))
    error_message = "metric_prefix must be custom.googleapis.com or external.googleapis.com, a slash, and a path of letters, digits and underscores, without a slash at the end."
  }

  validation {
    condition = alltrue([
      for d in jsondecode(file("${path.module}/metric-descriptors.json")) :
      length(replace(d.type, "custom.googleapis.com/prefect", var.metric_prefix)) <= 200
    ])
    error_message = "metric_prefix is too long: with the name of a metric after it, a metric type has at most 200 characters."
  }
}

variable "name" {
  description = "Name of the job, and what the names of all else begin with. RESOURCE_JOB of the job, so a new name begins new time series."
  type        = string
  nullable    = false
  default     = "prefect-gcm"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 20 small letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }

  validation {
    condition     = !can(regex("g[o0][o0]g[l1]e|^goog", var.name))
    error_message = "name must not begin with goog, nor have google in it or what looks like it: Google refuses names of buckets that do."
  }
}

variable "network" {
  description = "Where the job's traffic leaves if Prefect has a private address: a network or a subnetwork in the region, and network tags. egress is PRIVATE_RANGES_ONLY or ALL_TRAFFIC."
  type = object({
    network    = optional(string)
    subnetwork = optional(string)
    tags       = optional(list(string))
    egress     = optional(string, "PRIVATE_RANGES_ONLY")
  })
  default = null

  validation {
    condition     = var.network == null || try(coalesce(var.network.network, var.network.subnetwork), null) != null
    error_message = "network must name a network, a subnetwork or both."
  }

  validation {
    condition     = var.network == null || contains(["ALL_TRAFFIC", "PRIVATE_RANGES_ONLY"], try(var.network.egress, ""))
    error_message = "network.egress must be PRIVATE_RANGES_ONLY or ALL_TRAFFIC."
  }
}

variable "notification_channels" {
  description = "Notification channels of the alert policies, as projects/PROJECT/notificationChannels/ID."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition = alltrue([
      for c in var.notification_channels :
      can(regex("^projects/[^/]+/notificationChannels/[^/]+$", c))
    ])
    error_message = "notification_channels must be of the form projects/PROJECT/notificationChannels/ID."
  }

  # A project's number is as good as its id, and cannot be told apart here.
  validation {
    condition = alltrue([
      for c in var.notification_channels :
      startswith(c, "projects/${var.project_id}/") || can(regex("^projects/[0-9]+/", c))
    ])
    error_message = "notification_channels must be of the project project_id: an alert policy tells no channel of another project."
  }

  validation {
    condition     = length(distinct(var.notification_channels)) <= 16
    error_message = "notification_channels must be at most 16, which is what an alert policy takes."
  }
}

variable "paused" {
  description = "Whether Cloud Scheduler holds still. What a pause of less than a day leaves out, the next execution makes up for."
  type        = bool
  nullable    = false
  default     = false
}

variable "period" {
  description = "How often the job is started, and the length of its windows (PERIOD)."
  type        = string
  nullable    = false
  default     = "5m"

  validation {
    condition = contains(
      ["1m", "2m", "3m", "4m", "5m", "6m", "10m", "12m", "15m", "20m", "30m", "1h"],
      var.period
    )
    error_message = "period must be 1m, 2m, 3m, 4m, 5m, 6m, 10m, 12m, 15m, 20m, 30m or 1h, which divide an hour."
  }
}

variable "prefect_api_auth_string" {
  description = "user:password of a self-hosted Prefect, with prefect_auth = \"auth_string\". Needed when its secret is first made, and with every new prefect_auth_version; it gets into neither plan nor state."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = try(length(var.prefect_api_auth_string), 0) == 0 || local.auth == "auth_string"
    error_message = "prefect_api_auth_string is given but not used: set prefect_auth = \"auth_string\", or leave it out."
  }
}

variable "prefect_api_key" {
  description = "API key of Prefect Cloud, with prefect_auth = \"api_key\". Needed when its secret is first made, and with every new prefect_auth_version; it gets into neither plan nor state."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = try(length(var.prefect_api_key), 0) == 0 || local.auth == "api_key"
    error_message = "prefect_api_key is given but not used: set prefect_auth = \"api_key\", or leave it out."
  }
}

variable "prefect_api_url" {
  description = "Address of Prefect's API, as for Prefect itself: http://host:4200/api or https://api.prefect.cloud/api/accounts/.../workspaces/..."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https?://[^/@?#\\s]+(/[^@?#\\s]*)?$", var.prefect_api_url))
    error_message = "prefect_api_url must be an http or https address without user name, query or fragment."
  }

  validation {
    condition     = !can(regex("(?i)^http://([^/:]*\\.)?prefect\\.cloud\\.?(:|/|$)", var.prefect_api_url))
    error_message = "prefect_api_url must begin with https for Prefect Cloud, or the key would be sent in plaintext."
  }

  validation {
    condition = (
      !can(regex("(?i)^https?://(api|app|www)\\.prefect\\.cloud\\.?(:|/|$)", var.prefect_api_url)) ||
      can(regex("^https?://(?i:api\\.prefect\\.cloud)(:[0-9]+)?/api/accounts/[0-9A-Za-z-]+/workspaces/[0-9A-Za-z-]+/?$", var.prefect_api_url))
    )
    error_message = "prefect_api_url must be https://api.prefect.cloud/api/accounts/ACCOUNT/workspaces/WORKSPACE for Prefect Cloud, which is not the address that a browser shows."
  }

  validation {
    condition = alltrue([
      for port in regexall("^https?://[^/]*:([0-9]*)(?:/|$)", var.prefect_api_url) :
      try(tonumber(port[0]) >= 1 && tonumber(port[0]) <= 65535, false)
    ])
    error_message = "prefect_api_url must have a port from 1 to 65535, or none."
  }
}

variable "prefect_auth" {
  description = "What the job signs in to Prefect with, kept in a secret that is made here: \"api_key\", \"auth_string\" or \"none\". By default \"api_key\" for Prefect Cloud and \"none\" for any other server or if secrets has one of the two."
  type        = string
  default     = null

  validation {
    condition     = var.prefect_auth == null || contains(["api_key", "auth_string", "none"], coalesce(var.prefect_auth, "none"))
    error_message = "prefect_auth must be \"api_key\", \"auth_string\" or \"none\"."
  }
}

variable "prefect_auth_version" {
  description = "Raise it to write prefect_api_key or prefect_api_auth_string into the secret anew."
  type        = number
  nullable    = false
  default     = 1

  validation {
    condition     = var.prefect_auth_version >= 1 && floor(var.prefect_auth_version) == var.prefect_auth_version
    error_message = "prefect_auth_version must be a whole number from 1 on."
  }
}

variable "project_id" {
  description = "Project of everything here, and the one that the metrics are written to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be the id of a project, such as my-project: neither its name nor its number."
  }
}

variable "region" {
  description = "Region of everything that has one, such as europe-west1. RESOURCE_LOCATION of the job, so a new region begins new time series."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region of Google Cloud, such as europe-west1."
  }
}

variable "role" {
  description = "Existing role for the job, such as projects/my-project/roles/metrics, instead of a custom role made here. It needs the permissions in identity.tf."
  type        = string
  default     = null

  validation {
    condition     = var.role == null || can(regex("^((projects|organizations)/[^/]+/)?roles/[^/]+$", var.role))
    error_message = "role must be roles/NAME, projects/PROJECT/roles/NAME or organizations/NUMBER/roles/NAME."
  }
}

variable "scheduler_region" {
  description = "Region of the Cloud Scheduler job, where region has none."
  type        = string
  default     = null

  validation {
    condition     = var.scheduler_region == null || can(regex("^[a-z]+-[a-z]+[0-9]+$", var.scheduler_region))
    error_message = "scheduler_region must be a region of Google Cloud, such as europe-west1."
  }
}

variable "secret_locations" {
  description = "Where the secret that is made here is kept, such as [\"europe-west1\"]. By default Google chooses; with encryption_key, it is region alone. A change makes the secret anew, and needs the key again."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition = alltrue([
      for l in var.secret_locations : can(regex("^[a-z]+-[a-z]+[0-9]+$", l))
    ]) && length(distinct(var.secret_locations)) == length(var.secret_locations)
    error_message = "secret_locations must be regions of Google Cloud, such as europe-west1, each once."
  }

  validation {
    condition = (
      var.encryption_key == null || length(setsubtract(var.secret_locations, [var.region])) == 0
    )
    error_message = "secret_locations must be region alone, or nothing, with encryption_key: a key encrypts only in its own location."
  }
}

variable "secrets" {
  description = "Existing secrets by the setting that they are for: PREFECT_API_KEY, PREFECT_API_AUTH_STRING or PREFECT_CLIENT_CUSTOM_HEADERS, each the name of a secret or projects/PROJECT/secrets/NAME. Their newest version is read."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition = length(setsubtract(keys(var.secrets), [
      "PREFECT_API_AUTH_STRING", "PREFECT_API_KEY", "PREFECT_CLIENT_CUSTOM_HEADERS",
    ])) == 0
    error_message = "secrets must be for PREFECT_API_KEY, PREFECT_API_AUTH_STRING or PREFECT_CLIENT_CUSTOM_HEADERS."
  }

  validation {
    condition = alltrue([
      for s in values(var.secrets) :
      can(regex("^(projects/[^/]+/secrets/)?[A-Za-z0-9_-]+$", s))
    ])
    error_message = "secrets must be names of secrets, or of the form projects/PROJECT/secrets/NAME, without a version."
  }

  validation {
    condition = length([
      for s in ["PREFECT_API_AUTH_STRING", "PREFECT_API_KEY"] : s
      if contains(keys(var.secrets), s) || s == lookup(
        { api_key = "PREFECT_API_KEY", auth_string = "PREFECT_API_AUTH_STRING" },
        coalesce(var.prefect_auth, "none"), ""
      )
    ]) < 2
    error_message = "secrets and prefect_auth must not give the job both PREFECT_API_KEY and PREFECT_API_AUTH_STRING."
  }
}

variable "service_accounts" {
  description = "E-mail addresses of existing service accounts for the job, the scheduler and the build, instead of ones made here. They are given the same rights."
  type = object({
    job       = optional(string)
    scheduler = optional(string)
    build     = optional(string)
  })
  nullable = false
  default  = {}

  validation {
    condition = alltrue([
      for account in values(var.service_accounts) :
      account == null || can(regex("^[^@:\\s]+@[^@\\s]+$", account))
    ])
    error_message = "service_accounts must be e-mail addresses, such as metrics@my-project.iam.gserviceaccount.com."
  }
}

variable "worker_pool" {
  description = "Private pool that builds run in, as projects/PROJECT/locations/REGION/workerPools/NAME, instead of Cloud Build's own machines in region."
  type        = string
  default     = null

  validation {
    condition = var.worker_pool == null || can(regex(
      "^projects/[^/]+/locations/[^/]+/workerPools/[^/]+$", var.worker_pool
    ))
    error_message = "worker_pool must be of the form projects/PROJECT/locations/REGION/workerPools/NAME."
  }
}
