"""The pages that check: a bundle or a receipt for auditors, a receipt for anybody. Both run `verify.py` itself.

The answer is sent line by line as the checks run. Nothing that was sent is kept, and nothing is said of an entry
beyond what the receipt holds already.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from ledger import limits, proofs
from ledger.verifier import verify
from ledger.verifier.verify import Line, NotABundle

# Stands in the template where the lines go.
HERE = "<!-- the checks -->"
UNREADABLE = 422
KINDS = {
    "ok": "holds",
    "note": "note",
    "altered": "altered",
    "missing": "missing",
    "inserted": "inserted",
    "reordered": "out of order",
    "gap": "gap",
    "bad-signature": "signature does not hold",
    "wrong-root": "root does not fit",
    "bad-disclosure": "value does not fit",
    "manifest-mismatch": "manifest does not fit",
}
# A ZIP file that unpacks to far more than an export could hold is no export.
MOST_UNPACKED = 200
TOO_LONG = (
    f"This is longer than a receipt can be ({verify.LONGEST_RECEIPT:,} bytes). Choose the receipt’s own file."
)
NOT_ONE = (
    "This is no receipt. A receipt is the JSON file that you were given, with “decision-receipt/1” in it."
)


class ReceiptForm(forms.Form):
    """A receipt as a file or as text, and, where there is one, the disclosed copy of the entry."""

    receipt_file = forms.FileField(label="Receipt, as a file", required=False)
    receipt_text = forms.CharField(
        label="Receipt, as text",
        required=False,
        max_length=verify.LONGEST_RECEIPT,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Instead of the file: everything from the first { to the last }.",
    )
    copy_file = forms.FileField(
        label="Copy of the record, as a file",
        required=False,
        allow_empty_file=True,
        help_text="If you were given one: it is held against the receipt, and not kept.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile[bytes] | None = cleaned.get("receipt_file")
        text = cleaned.get("receipt_text") or ""
        name = "receipt_file" if file else "receipt_text"
        if file:
            if (file.size or 0) > verify.LONGEST_RECEIPT:
                self.add_error(name, TOO_LONG)
                return cleaned
            text = file.read().decode("utf-8", "replace")
        if not self.errors:
            cleaned["receipt"] = verify.receipt(text)
            if not text.strip():
                self.add_error("receipt_file", "Choose the receipt’s file, or paste its text below.")
            elif cleaned["receipt"] is None:
                self.add_error(name, NOT_ONE)
        return cleaned


class BundleForm(forms.Form):
    """An export as its ZIP file, with what the auditor kept from before and trusts."""

    bundle = forms.FileField(
        label="Export, as its ZIP file, or a receipt",
        error_messages={"required": "Choose the file that is to be checked."},
    )
    key = forms.CharField(
        label="Published key",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="Empty: the keys that this log lists. Paste the key that you know by another way, to rely on nobody.",
    )
    previous = forms.CharField(
        label="Checkpoint that you kept",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Optional: shows that the log still begins with what you saw then.",
    )

    def clean_key(self) -> str:
        text: str = self.cleaned_data["key"].replace("\r\n", "\n")
        try:
            verify.keys(text)
        except ValueError as error:
            raise forms.ValidationError(f"This is no key: {error}. Paste the whole line.") from None
        return text

    def clean_previous(self) -> str:
        text: str = self.cleaned_data["previous"].replace("\r\n", "\n").strip("\n")
        if not text.strip():
            return ""
        try:
            verify.checkpoint(text + "\n")
        except ValueError as error:
            raise forms.ValidationError(f"This is no checkpoint: {error}. Paste the whole file.") from None
        return text + "\n"


@require_http_methods(["GET", "POST"])
def receipt_check(request: HttpRequest) -> HttpResponseBase:
    """Open to anybody: checks a receipt, and a copy of the record against it."""
    form = ReceiptForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "ledger/receipt.html", form)
    copy: UploadedFile[bytes] | None = form.cleaned_data["copy_file"]
    report = verify.verify_receipt(form.cleaned_data["receipt"], _own_keys(), copy.read() if copy else None)
    return _streamed(request, "ledger/receipt.html", form, report)


@require_http_methods(["GET", "POST"])
def verify_page(request: HttpRequest) -> HttpResponseBase:
    """For auditors: takes an export or a receipt and shows the checks as they run."""
    form = BundleForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "ledger/verify.html", form)
    upload: UploadedFile[bytes] = form.cleaned_data["bundle"]
    key = form.cleaned_data["key"] or _own_keys()
    if (upload.size or 0) <= verify.LONGEST_RECEIPT:
        receipt = verify.receipt(upload.read().decode("utf-8", "replace"))
        upload.seek(0)
        if receipt is not None:
            return _streamed(request, "ledger/verify.html", form, verify.verify_receipt(receipt, key))
    # The upload's own file goes when the request ends; the checks run while the answer is sent.
    folder = tempfile.mkdtemp(prefix="totality-verify-")
    path = os.path.join(folder, "bundle.zip")
    try:
        with open(path, "wb") as stream:
            shutil.copyfileobj(upload, stream, 1 << 20)
        report = verify.verify(path, key, form.cleaned_data["previous"] or None)
        _must_be_bounded(path)
    except NotABundle as error:
        shutil.rmtree(folder, ignore_errors=True)
        form.add_error(
            "bundle", f"{_own_words(str(error), path)}. Choose the ZIP file of an export, or a receipt."
        )
        return _page(request, "ledger/verify.html", form)
    return _streamed(request, "ledger/verify.html", form, _then_removed(report, folder))


@require_GET
def verifier(request: HttpRequest) -> HttpResponse:
    """The program itself, for a machine of one's own."""
    headers = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return HttpResponse(Path(verify.__file__).read_bytes(), content_type="text/x-python", headers=headers)


def _must_be_bounded(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(one.file_size for one in archive.infolist())
    if unpacked > MOST_UNPACKED * max(os.path.getsize(path), 1):
        raise NotABundle("the file unpacks to more than an export can hold")


def _own_words(text: str, path: str) -> str:
    """Where a file lies on this machine is nobody's business."""
    plain = text.replace(f"{path}: ", "").strip()
    return plain[:1].upper() + plain[1:]


def _then_removed(report: Iterator[Line], folder: str) -> Iterator[Line]:
    try:
        yield from report
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own_keys() -> str:
    return "".join(f"{key.text}\n" for key in proofs.public_keys())


def _context(form: forms.Form, **more: Any) -> dict[str, Any]:
    return {"form": form, "limits": limits.all_sentences(), "keys": proofs.public_keys(), **more}


def _page(request: HttpRequest, template: str, form: forms.Form) -> HttpResponse:
    return render(request, template, _context(form), status=UNREADABLE if form.errors else 200)


def _streamed(
    request: HttpRequest, template: str, form: forms.Form, report: Iterator[Line]
) -> StreamingHttpResponse:
    """The page up to where the checks stand, each check as it is made, the verdict, the rest of the page."""
    whole = render_to_string(template, _context(form, checking=True), request)
    before, _, after = whole.partition(HERE)

    def parts() -> Iterator[str]:
        yield before
        findings = 0
        for line in report:
            findings += not line.holds
            yield format_html(
                "<li><strong>{}</strong>: {}</li>\n", KINDS.get(line.kind, line.kind), line.text
            )
        verdict = (
            "All holds." if not findings else f"It does not hold: {findings} findings, each listed above."
        )
        yield format_html('<li id="verdict"><strong>{}</strong></li>', verdict)
        yield after

    # An answer that comes piece by piece must not be held back by a proxy.
    return StreamingHttpResponse(parts(), headers={"X-Accel-Buffering": "no"})
