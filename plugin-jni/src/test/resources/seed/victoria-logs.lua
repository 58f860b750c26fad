-- Sets fields as Gardener's filters do, and some that VictoriaLogs has columns of its own for.
function gardener(tag, timestamp, record)
  record["origin"] = "shoot-system"
  record["severity"] = "ERR"
  record["host.name"] = "own"
  record["service.name"] = "kubelet.service"
  record["service.namespace"] = "system.slice"
  record["k8s.pod.name"] = "forged"
  record["level"] = "3"
  record["host"] = { name = "nested", id = "1" }
  record["scope"] = { name = "own" }
  record["severity_text"] = "own"
  record["severity_number"] = 3
  record["_msg"] = "own"
  record["_stream"] = "own"
  record["trace_id"] = "0123456789abcdef0123456789abcdef"
  record["kubernetes"] = { namespace_name = "kube-system", pod_name = "kubelet-x8k2p", host = "node-1" }
  return 1, timestamp, record
end
