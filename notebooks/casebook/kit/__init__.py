"""The teacher's kit: sheets for pupils and teachers, marking sides, forms, letters, each from one
HTML text that is printed (PDF) and put into Word's form (DOCX).
"""
