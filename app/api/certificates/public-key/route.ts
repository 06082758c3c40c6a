import { signingKey } from "@/lib/integrations/certificate-key";
import { findPublicKey } from "@/lib/stage/queries/certificate";

export const dynamic = "force-dynamic";

const KEY_ID = /^[0-9a-f]{32}$/;

/** For whoever checks a certificate, signed in or not: the key that signs now, or an earlier one by `?key=<id>`. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams.get("key");
  const current = asked === null ? signingKey() : null;
  const id = current?.id ?? asked ?? "";
  const publicKey = current?.publicKey ?? (KEY_ID.test(id) ? await findPublicKey(id) : null);
  if (!publicKey) return new Response("No certificate was signed here with this key.\n", { status: 404 });
  return new Response(publicKey, {
    headers: {
      "content-type": "application/x-pem-file",
      "content-disposition": `attachment; filename="certificate-key-${id}.pem"`,
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
    },
  });
}
