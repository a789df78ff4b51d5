-- CreateTable
CREATE TABLE "FilePreview" (
    "fileId" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "mediaType" TEXT NOT NULL,

    CONSTRAINT "FilePreview_pkey" PRIMARY KEY ("fileId")
);

-- AddForeignKey
ALTER TABLE "FilePreview" ADD CONSTRAINT "FilePreview_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File"("id") ON DELETE CASCADE ON UPDATE CASCADE;
