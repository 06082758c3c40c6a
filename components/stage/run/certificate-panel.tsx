import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment } from "@/lib/format";
import type { CertificateView } from "@/lib/stage/queries/certificate";

/** The completion certificate: what it says, both files, and how anybody checks them. */
export function CertificatePanel({ certificate, zone }: { certificate: CertificateView; zone: string }) {
  const { id, statement, issuedAt, keyId, passed } = certificate;
  return (
    <Section title="Completion certificate" aside={`issued ${formatMoment(new Date(issuedAt), zone)}`}>
      <div className="grid gap-3">
        <p className="headline prose-width text-lg">{statement}</p>
        {passed.length > 0 ? (
          <ul className="prose-width list-disc pl-5 text-sm">
            {passed.map(({ label, reason, by }) => (
              <li key={label}>
                {label}: let pass by {by}, “{reason}”
              </li>
            ))}
          </ul>
        ) : null}
        <ul className="flex flex-wrap gap-x-5 gap-y-1">
          <li>
            <TextLink href={`/api/certificates/${id}/pdf`}>Download the PDF</TextLink>
          </li>
          <li>
            <TextLink href={`/api/certificates/${id}/json`}>Download the JSON</TextLink>
          </li>
          <li>
            <TextLink href={`/api/certificates/public-key?key=${keyId}`}>Download the public key</TextLink>
          </li>
        </ul>
        <p className="prose-width text-sm text-muted">
          Both files are signed. Whoever has the public key checks them, without this house:{" "}
          <code className="break-words">node scripts/verify-certificate.mjs certificate.pdf key.pem</code>
        </p>
      </div>
    </Section>
  );
}
