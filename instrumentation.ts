/** Next calls this once per server process, before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { prepareServer } = await import("@/lib/auth/start");
  prepareServer();
  const [{ launchEngine }, { beginWatch }, { beginWeekly }, { beginDigest }] = await Promise.all([
    import("@/lib/workflows/engine"),
    import("@/lib/workflows/watch"),
    import("@/lib/workflows/weekly-report"),
    import("@/lib/workflows/digest"),
    import("@/lib/workflows/register"),
  ]);
  await launchEngine();
  await beginWatch();
  await beginWeekly();
  await beginDigest();
}
