-- wrk's requests: the file that PHOTO names, posted again and again
local file = io.open(os.getenv("PHOTO"), "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "image/jpeg"
file:close()

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("%.2f %.1f %.1f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
