// Loaded into the server process: when the launcher is gone, whatever killed it, the server goes too.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // The channel alone must not keep a finished process alive.
  process.channel.unref();
}
