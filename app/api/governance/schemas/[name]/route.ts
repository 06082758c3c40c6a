import { isPublished, publishedSchema } from "@/lib/governance/schema/documents";

/** The contracts of the documents that cross the boundary: for whoever reads or writes one, signed in or not. */
export async function GET(_request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params;
  if (!isPublished(name)) return Response.json({ ok: false, error: { code: "NOT_FOUND" } }, { status: 404 });
  return new Response(`${JSON.stringify(publishedSchema(name), null, 2)}\n`, {
    headers: { "content-type": "application/schema+json", "cache-control": "public, max-age=3600" },
  });
}
