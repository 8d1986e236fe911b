-- How is a name written for comparison: small letters and digits, single spaces, no leading article?
CREATE OR REPLACE MACRO folded(words) AS regexp_replace(
    trim(regexp_replace(lower(nfc_normalize(words)), '[^\p{L}\p{N}]+', ' ', 'g')), '^the ', ''
);
