-- What a preferred class has accrued or was declared, as a person read it in the charter or a resolution.
CREATE TABLE "class_dividends" (
    "ventureId" UUID NOT NULL,
    "classId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ratio" DECIMAL(10,8),
    "compounding" TEXT,
    "accruesFrom" DATE,
    "amount" DECIMAL(28,6),
    "onConversion" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "answeredBy" TEXT NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "class_dividends_pkey" PRIMARY KEY ("ventureId","classId")
);
