-- What Gardener's filters do to records.

-- The plugin finds namespace, pod and container in the tag.
function add_tag(tag, timestamp, record)
  record["tag"] = tag
  return 1, timestamp, record
end

-- One name for each level, where a record has a severity.
local levels = {
  I = "INFO", INF = "INFO", INFO = "INFO",
  W = "WARN", WRN = "WARN", WARN = "WARN", WARNING = "WARN",
  E = "ERR", ERR = "ERR", ERROR = "ERR",
  D = "DBG", DBG = "DBG", DEBUG = "DBG",
  N = "NOTICE", NOTICE = "NOTICE",
  F = "FATAL", FATAL = "FATAL",
}

function unify_severity(tag, timestamp, record)
  local severity = record["severity"]
  local level = type(severity) == "string" and levels[severity:match("^%s*(.-)%s*$"):upper()]
  if not level then
    return 0, timestamp, record
  end
  record["severity"] = level
  return 1, timestamp, record
end

-- The journal's fields under the names of the semantic conventions.
function journal_to_attributes(tag, timestamp, record)
  local time = os.date("!%Y-%m-%dT%H:%M:%S", timestamp["sec"])
  return 1, timestamp, {
    ["time"] = string.format("%s.%09dZ", time, timestamp["nsec"]),
    ["log"] = record["MESSAGE"],
    ["level"] = record["PRIORITY"],
    ["process.command"] = record["_EXE"],
    ["process.command_line"] = record["_CMDLINE"],
    ["process.pid"] = record["_PID"],
    ["host.id"] = record["_MACHINE_ID"],
    ["service.name"] = record["_SYSTEMD_UNIT"],
    ["service.namespace"] = record["_SYSTEMD_SLICE"],
  }
end
