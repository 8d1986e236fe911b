-- Everything that Adaeze Thornbury said, and through whom it came
SELECT published_day, outlet, text, heard_through FROM quotes_by('Thornbury');
