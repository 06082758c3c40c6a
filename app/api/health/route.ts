import { readHealth } from "@/lib/workflows/health";

export const dynamic = "force-dynamic";

/** For whoever watches the process, signed in or not. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  return Response.json(health, { status: health.ok ? 200 : 503 });
}
