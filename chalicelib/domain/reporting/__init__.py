"""The rules of reports: which rounds of cases a period has, what each counts for, what the numbers come to."""
