/** The sign-ins that a start prints; the second chairman is there for what two have to approve. For the demo only: production refuses to start while one of them is enabled. */
export const DEMO_SIGN_INS = [
  {
    email: "chairman@demo.chairman.example",
    name: "Helena Vartiainen",
    role: "chairman",
    password: "demo-chairman-2026",
  },
  {
    email: "vicechair@demo.chairman.example",
    name: "Aurelio Brandt",
    role: "chairman",
    password: "demo-vicechair-2026",
  },
  { email: "analyst@demo.chairman.example", name: "Tomás Ferreira", role: "analyst", password: "demo-analyst-2026" },
  { email: "admin@demo.chairman.example", name: "Ingrid Solberg", role: "admin", password: "demo-admin-2026" },
] as const;
