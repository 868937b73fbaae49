"""Builders of made-up directories of media (DICOMDIR)."""

from __future__ import annotations

from collections.abc import Sequence

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, MediaStorageDirectoryStorage

from tests.read.dicom_objects import make_uid, write_bytes


def make_medium(*names: str, unused: Sequence[str] = ()) -> bytes:
    """The directory of a medium (DICOMDIR) that lists files; ``unused`` ones are deleted there."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    meta.MediaStorageSOPInstanceUID = UID(make_uid("medium"))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(make_uid("writer"))
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.FileSetID = "SAMPLES"
    patient = Dataset()
    patient.RecordInUseFlag = 0xFFFF
    patient.DirectoryRecordType = "PATIENT"
    dataset.DirectoryRecordSequence = [
        patient,
        *(_record(name, 0xFFFF) for name in names),
        *(_record(name, 0) for name in unused),
    ]
    return write_bytes(dataset)


def _record(name: str, in_use: int) -> Dataset:
    record = Dataset()
    record.RecordInUseFlag = in_use
    record.DirectoryRecordType = "IMAGE"
    record.ReferencedFileID = name.split("/")
    return record
