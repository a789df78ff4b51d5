-- CreateTable
CREATE TABLE "FileText" (
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "isCut" BOOLEAN NOT NULL,
    "pages" INTEGER,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FileText_pkey" PRIMARY KEY ("sha256")
);
