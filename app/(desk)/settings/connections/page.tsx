import type { Metadata } from "next";
import { EndpointForm } from "@/components/settings/endpoint-form";
import { EndpointTable } from "@/components/settings/endpoint-table";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { listEndpoints, listEndpointVentures } from "@/lib/growth/queries/initiatives/endpoints";

export const metadata: Metadata = { title: "Connections" };

/** Where something may be sent once the chairman has approved it. */
export default async function ConnectionsPage() {
  const actor = await requirePermission("connector:manage");
  const [endpoints, ventures] = await Promise.all([listEndpoints(actor), listEndpointVentures(actor)]);
  const lines = endpoints.map(({ venture, createdAt: _at, ...line }) => ({
    ...line,
    venture: venture?.name ?? "every venture",
  }));
  return (
    <>
      <Section title="Add an address">
        <EndpointForm ventures={ventures} />
      </Section>
      <Section title="Addresses">
        <EndpointTable endpoints={lines} />
      </Section>
    </>
  );
}
