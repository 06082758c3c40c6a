import type { DocumentKind } from "../schema";
import { BOARD_CONSENT, CLOSING_CERTIFICATE, DISTRIBUTION_NOTICE, FUNDS_FLOW, RELEASE_LETTER } from "./house/closing";
import { COUNTER_OFFER, LOI } from "./house/letters";
import { NDA } from "./house/nda";
import { TEASER } from "./house/teaser";

/** The house's own templates, as they are first stored. What is changed here becomes their next version. */
export const HOUSE_TEMPLATES: Readonly<Record<DocumentKind, string>> = {
  ...{ teaser: TEASER, nda: NDA, loi: LOI, "counter-offer": COUNTER_OFFER, "board-consent": BOARD_CONSENT },
  ...{ "closing-certificate": CLOSING_CERTIFICATE, "funds-flow": FUNDS_FLOW },
  ...{ "distribution-notice": DISTRIBUTION_NOTICE, "release-letter": RELEASE_LETTER },
};
