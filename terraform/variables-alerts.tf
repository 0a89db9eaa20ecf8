variable "alert_thresholds" {
  description = "What the alert policies go by. Times are in seconds; data_behind is at least three periods, whatever it says here."
  type = object({
    consecutive_failures = optional(number, 3)     # runs of a deployment in a row
    data_behind_seconds  = optional(number, 1800)  # age of the watermark
    failure_ratio        = optional(number, 0.1)   # share of the runs that end
    failure_ratio_runs   = optional(number, 5)     # so few say nothing of a share
    late_seconds         = optional(number, 600)   # after its time, and not started
    never_started        = optional(number, 3)     # runs of a work pool
    pending_seconds      = optional(number, 900)   # in one go
    running_seconds      = optional(number, 43200) # in one go
  })
  nullable = false
  default  = {}

  validation {
    condition = alltrue([
      for name in ["consecutive_failures", "failure_ratio_runs", "never_started"] :
      var.alert_thresholds[name] >= 1 &&
      floor(var.alert_thresholds[name]) == var.alert_thresholds[name]
    ])
    error_message = "alert_thresholds: consecutive_failures, failure_ratio_runs and never_started must be whole numbers from 1 on."
  }

  validation {
    condition = (
      var.alert_thresholds.failure_ratio > 0 &&
      var.alert_thresholds.failure_ratio < 1
    )
    error_message = "alert_thresholds: failure_ratio must be between 0 and 1, such as 0.1."
  }

  validation {
    condition = alltrue([
      for name, value in var.alert_thresholds :
      value >= 60 && value <= 2592000 && floor(value) == value
      if endswith(name, "_seconds")
    ])
    error_message = "alert_thresholds: data_behind_seconds, late_seconds, pending_seconds and running_seconds must be whole numbers from 60 to 2592000."
  }
}

variable "alerts_off" {
  description = "Alert policies that are not wanted, by the name of their file in alerts, such as [\"runs-stuck\"]; [\"all\"] makes none."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition = length(setsubtract(var.alerts_off, [
      "all", "consecutive-failures", "data-behind", "exporter-broken",
      "exporter-silent", "failure-ratio", "never-started", "no-worker",
      "points-rejected", "prefect-down", "runs-late", "runs-stuck",
    ])) == 0
    error_message = "alerts_off must name policies: all, consecutive-failures, data-behind, exporter-broken, exporter-silent, failure-ratio, never-started, no-worker, points-rejected, prefect-down, runs-late or runs-stuck."
  }
}

variable "slo" {
  description = "Objectives for the flow runs, none by default; {} takes what stands here. goal is the share of runs that complete, cancelled ones aside. duration asks that a share of the runs that complete takes no longer than so many seconds. An alert tells when the error budget burns so many times too fast, in an hour or in a day, of at least so many runs."
  type = object({
    goal = optional(number, 0.99)
    days = optional(number, 28)
    duration = optional(object({
      goal    = optional(number, 0.95)
      seconds = number
    }))
    fast_burn = optional(number, 10)
    slow_burn = optional(number, 2)
    runs      = optional(number, 10)
  })
  default = null

  validation {
    condition = alltrue([
      for goal in [try(var.slo.goal, 0.99), try(var.slo.duration.goal, 0.95)] :
      goal > 0 && goal <= 0.9999
    ])
    error_message = "slo: goal and duration.goal must be above 0 and at most 0.9999, such as 0.99."
  }

  validation {
    condition     = contains(range(1, 31), try(var.slo.days, 28))
    error_message = "slo: days must be a whole number from 1 to 30."
  }

  validation {
    condition     = try(var.slo.duration.seconds, 1) > 0
    error_message = "slo: duration.seconds must be above 0."
  }

  validation {
    condition     = try(var.slo.fast_burn, 10) > 1 && try(var.slo.slow_burn, 2) > 1
    error_message = "slo: fast_burn and slow_burn must be above 1, at which the budget lasts just as long as it should."
  }

  validation {
    condition     = try(var.slo.runs, 10) >= 1 && try(floor(var.slo.runs) == var.slo.runs, true)
    error_message = "slo: runs must be a whole number from 1 on."
  }

  validation {
    condition     = var.slo == null || var.descriptors
    error_message = "slo needs descriptors = true, in a second installation too: Google checks objectives against the metric descriptors. To make one that is there changes nothing."
  }
}
